package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.tensor.CounterRandom;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Scores planners and policies without learning, one episode from each of a fixed list of starts, so that two scores are paired start
 * by start.
 *
 * <p>A start is a seed of the environment, or a state that is written into it (after a reset with the number of the start, so that
 * a stochastic environment draws the same numbers for all). Start i's decisions draw from keys of (seed, i).
 *
 * <p>One thread scores; {@link #cancel} may be called from any other.
 */
public final class Evaluation {
    private final Environment environment;
    private final long[] startSeeds;
    private final double @Nullable [][] startStates;
    private final int maximumSteps;
    private final EpisodeMeter meter = new EpisodeMeter();
    private volatile @Nullable PlannerPolicy running;
    private volatile boolean cancelled;

    private Evaluation(Environment environment, long[] startSeeds, double @Nullable [][] startStates, int maximumSteps) {
        this.environment = environment;
        this.startSeeds = startSeeds;
        this.startStates = startStates;
        this.maximumSteps = maximumSteps;
    }

    /** Returns an evaluation that starts where the environment starts with each of these seeds. */
    public static Evaluation fromSeeds(Environment environment, long... seeds) {
        Checks.positive("number of seeds", seeds.length);
        return new Evaluation(environment, seeds.clone(), null, Integer.MAX_VALUE);
    }

    /**
     * Returns an evaluation that starts in each of these states {@code [starts][stateSize]}.
     *
     * @throws IllegalArgumentException if the environment's state cannot be set or has another size
     */
    public static Evaluation fromStates(Environment environment, double[]... states) {
        Checks.positive("number of states", states.length);
        if (environment.stateSize() == 0) {
            throw new IllegalArgumentException(
                    "The state of " + environment.name() + " cannot be set.\nMaybe start from seeds instead.");
        }
        long[] seeds = new long[states.length];
        double[][] copies = new double[states.length][];
        for (int i = 0; i < states.length; i++) {
            Checks.same("entries of state " + i, states[i].length, "stateSize of " + environment.name(), environment.stateSize());
            seeds[i] = i;
            copies[i] = states[i].clone();
        }
        return new Evaluation(environment, seeds, copies, Integer.MAX_VALUE);
    }

    /** Returns this evaluation with episodes of at most so many steps, for environments without a time limit. */
    public Evaluation withMaximumSteps(int steps) {
        return new Evaluation(environment, startSeeds, startStates, Checks.positive("steps", steps));
    }

    /** Returns the number of starts. */
    public int starts() {
        return startSeeds.length;
    }

    /**
     * Scores a planner that plans afresh in every step.
     *
     * @param planner built for one row over {@code model}
     * @param budget  of every decision
     * @param seed    of the planner's random numbers
     */
    public EvaluationReport score(Planner planner, WorldModel model, Budget budget, long seed) {
        return score(new PlannerPolicy(planner, model, budget, false), seed);
    }

    /** Scores a policy. Returns the episodes that were finished: all, unless the evaluation was cancelled. */
    public EvaluationReport score(Policy policy, long seed) {
        running = policy instanceof PlannerPolicy planner ? planner : null;
        float[] observation = new float[environment.observationSpace().size()];
        float[] action = new float[environment.actionSpace().size()];
        var episodes = new ArrayList<EpisodeRecord>();
        long steps = 0;
        for (int start = 0; start < startSeeds.length && !cancelled; start++) {
            StepResult result = environment.reset(startSeeds[start]);
            if (startStates != null) result = environment.writeState(startStates[start]);
            policy.beginEpisode(CounterRandom.key(seed, start));
            meter.begin();
            int taken = 0;
            boolean done = false;
            for (; !done && taken < maximumSteps && !cancelled; taken++) {
                System.arraycopy(result.observation(), 0, observation, 0, observation.length);
                meter.act(policy, observation, action);
                result = environment.step(action);
                meter.earn(result.reward());
                done = result.done();
            }
            steps += taken;
            if (done || taken == maximumSteps) {
                episodes.add(meter.record(start + 1, result.terminated(), result.truncated(), steps));
            }
        }
        return new EvaluationReport(episodes);
    }

    /** Ends a running score; the episodes finished so far are answered. Later scores are empty. Safe from any thread. */
    public void cancel() {
        cancelled = true;
        PlannerPolicy planner = running;
        if (planner != null) planner.cancel();
    }
}
