package io.ponder.examples.papers;

import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.RolloutFeatures;
import io.ponder.engine.train.RolloutScheduler;

/**
 * Rollout length that follows the model's error, on runs of {@link MazeLearning}: long rollouts where every move that was tried went as the
 * model believes, short ones otherwise.
 */
final class AdaptiveRolloutExperiment {
    private static final RolloutScheduler BY_ERROR = RolloutScheduler.byModelError(new int[] {1, 8}, new double[] {0.05});
    private static final double WALLS = 0.35;

    private AdaptiveRolloutExperiment() {}

    static Experiment experiment() {
        return Experiment.named("rollout-length", "Rollout length that follows the model's error")
                .paper("Bhatia et al.: Adaptive Rollout Length for Model-Based RL Using Model-Free Deep RL, 2022")
                .claim("Where a model is right in some runs and wrong in others, length that follows its error beats every fixed one.")
                .metric("worth of the policy over a run of Dyna-Q, mean of 300 grids", Direction.HIGHER)
                .method("by model error").control("error hidden: fixed 8").control("error hidden: fixed 1")
                .baseline("fixed 0").baseline("fixed 2").baseline("fixed 4").baseline("1 to 8").baseline("8 to 1")
                .atLeastAbove(0.01, "error hidden: fixed 8").atLeastAbove(0.01, "error hidden: fixed 1").atLeastAbove(0.01, "fixed 2")
                .atLeastAbove(0.01, "fixed 4").atLeastAbove(0.01, "1 to 8").atLeastAbove(0.01, "8 to 1")
                .beats("error hidden: fixed 8").beats("error hidden: fixed 1")
                .remark("The paper learns the scheduler; here it is a rule of two lengths and one limit of the error.")
                .slow()
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.FULL ? 300 : 60));
    }

    private static double[] trial(long seed, int tests) {
        return new double[] {
            worth(BY_ERROR, seed, tests),
            worth(features -> BY_ERROR.horizon(new RolloutFeatures(features.progress(), 0, 0, 0)), seed, tests),
            worth(features -> BY_ERROR.horizon(new RolloutFeatures(features.progress(), 1, 0, 0)), seed, tests),
            worth(RolloutScheduler.fixed(0), seed, tests),
            worth(RolloutScheduler.fixed(2), seed, tests),
            worth(RolloutScheduler.fixed(4), seed, tests),
            worth(RolloutScheduler.linear(0, 1, 1, 8), seed, tests),
            worth(RolloutScheduler.linear(0, 1, 8, 1), seed, tests)
        };
    }

    /** Returns the mean worth over all phases of runs, the same for every scheduler. */
    private static double worth(RolloutScheduler scheduler, long seed, int tests) {
        var task = new MazeLearning(WALLS);
        double sum = 0;
        for (int test = 0; test < tests; test++) {
            task.begin(CounterRandom.key(CounterRandom.key(seed, 2), test));
            for (int phase = 0; phase < MazeLearning.PHASES; phase++) {
                task.phase(scheduler.horizon(task.features()));
                sum += task.worth();
            }
        }
        return sum / (tests * MazeLearning.PHASES);
    }
}
