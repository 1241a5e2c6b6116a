package io.ponder.examples.comparison;

import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.CategoricalCem;
import io.ponder.planners.CategoricalCemParameters;
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
import java.util.ArrayList;
import java.util.List;

/** Builds the planners that are compared, each in the calling thread and for one environment. */
public final class PlannerRecipes {
    private static final List<String> CONTINUOUS = List.of("cem", "icem", "mppi", "gradient");
    private static final List<String> DISCRETE = List.of("categorical-cem");
    private static final String RANDOM_SHOOTING = "random-shooting";

    /** An average over more sequences mixes swings to both sides of the pendulum. */
    private static final double MPPI_EFFECTIVE_SEQUENCES = 4;

    private PlannerRecipes() {}

    /** Returns the names of all planners. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of(RANDOM_SHOOTING));
        names.addAll(CONTINUOUS);
        names.addAll(DISCRETE);
        return List.copyOf(names);
    }

    /** Returns the planners that are compared on some environments where nothing else is asked for. */
    public static List<String> defaults(List<String> environments) {
        List<String> names = new ArrayList<>(CONTINUOUS);
        names.addAll(DISCRETE);
        names.removeIf(name -> environments.stream().noneMatch(environment -> fits(name, environment)));
        return List.copyOf(names);
    }

    /** Tells whether a planner plans the kind of actions, discrete or continuous, that an environment has. */
    public static boolean fits(String name, String environment) {
        return name.equals(RANDOM_SHOOTING) || DISCRETE.contains(name) == Tasks.find(environment).discrete();
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
            case RANDOM_SHOOTING -> RandomShooting.planner(
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
            case "categorical-cem" -> CategoricalCem.planner(
                    problem,
                    CategoricalCemParameters.DEFAULT.withHorizon(horizon).withIterations(iterations)
                            .withCandidates(candidates, sizes.elites()).withRepeat(sizes.repeat()),
                    execution);
            case "gradient" -> GradientShooting.planner(problem, gradient(sizes), execution);
            default -> throw new IllegalArgumentException(
                    "There is no planner " + name + "; there are " + String.join(", ", names()) + ".");
        };
    }

    /** A gradient step of a start costs three rollouts, one after the other, so that few starts are improved in few, long steps. */
    private static GradientParameters gradient(PlannerSizes sizes) {
        int starts = Math.max(2, sizes.candidates() / 10);
        int steps = Math.max(4, sizes.iterations());
        return GradientParameters.DEFAULT.withHorizon(sizes.horizon()).withStarts(starts).withIterations(steps).withLearningRate(0.3);
    }
}
