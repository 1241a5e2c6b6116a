package io.ponder.examples.comparison;

import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.GradientParameters;
import io.ponder.planners.GradientShooting;
import io.ponder.planners.ICem;
import io.ponder.planners.ICemParameters;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.RandomShooting;
import io.ponder.planners.RandomShootingParameters;
import java.util.List;

/** Builds the planners that are compared, each in the calling thread and for one environment. */
public final class PlannerRecipes {
    private static final List<String> NAMES = List.of("random-shooting", "cem", "icem", "mppi", "gradient");

    /** An average over more sequences mixes swings to both sides of the pendulum. */
    private static final double MPPI_EFFECTIVE_SEQUENCES = 4;

    private PlannerRecipes() {}

    /** Returns the names of all planners. */
    public static List<String> names() {
        return NAMES;
    }

    /** Returns the planners that are compared where nothing else is asked for. */
    public static List<String> defaults() {
        return List.of("cem", "icem", "mppi", "gradient");
    }

    /**
     * Returns a planner.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Planner create(String name, Problem problem, PlannerSizes sizes) {
        Execution execution = Execution.rows(1).withParticles(sizes.particles());
        int horizon = sizes.horizon();
        int iterations = sizes.iterations();
        int candidates = sizes.candidates();
        return switch (name) {
            case "random-shooting" -> RandomShooting.planner(
                    problem, new RandomShootingParameters(horizon, candidates * iterations, 1), execution);
            case "cem" -> Cem.planner(
                    problem,
                    CemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates, sizes.elites())
                            .withDeviation(1, 0.05),
                    execution);
            case "icem" -> ICem.planner(
                    problem,
                    ICemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates, sizes.elites()),
                    execution);
            case "mppi" -> Mppi.planner(
                    problem,
                    MppiParameters.DEFAULT.withHorizon(horizon).withIterations(iterations).withCandidates(candidates)
                            .withNoise(ActionNoise.ofHalfRange(0.7))
                            .withEffectiveShare(Math.min(0.05, MPPI_EFFECTIVE_SEQUENCES / candidates)),
                    execution);
            case "gradient" -> GradientShooting.planner(problem, gradient(sizes), execution);
            default -> throw new IllegalArgumentException(
                    "There is no planner " + name + "; there are " + String.join(", ", NAMES) + ".");
        };
    }

    /** A gradient step of a start costs three rollouts, one after the other, so that few starts are improved in few, long steps. */
    private static GradientParameters gradient(PlannerSizes sizes) {
        int starts = Math.max(2, sizes.candidates() / 10);
        int steps = Math.max(4, sizes.iterations());
        return GradientParameters.DEFAULT.withHorizon(sizes.horizon()).withStarts(starts).withIterations(steps).withLearningRate(0.3);
    }
}
