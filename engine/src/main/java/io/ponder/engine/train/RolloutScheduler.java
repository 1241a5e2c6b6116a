package io.ponder.engine.train;

import io.ponder.engine.Checks;

/** Chooses the length of imagined rollouts as learning goes on. One thread at a time. */
@FunctionalInterface
public interface RolloutScheduler {
    /** Returns the steps of a rollout from now on, at least 0; 0 for none. */
    int horizon(RolloutFeatures features);

    /** Returns a scheduler that always answers {@code horizon}. */
    static RolloutScheduler fixed(int horizon) {
        Checks.nonNegative("horizon", horizon);
        return features -> horizon;
    }

    /**
     * Returns a scheduler that goes linearly from one length to another between two points of progress and stays outside them, rounded to the
     * nearest length (Janner et al. 2019, MBPO, appendix C).
     *
     * @param from  progress up to which it answers {@code first}, at least 0
     * @param to    progress from which on it answers {@code last}, above {@code from} and at most 1
     * @param first length in the beginning
     * @param last  length in the end; may be less
     */
    static RolloutScheduler linear(double from, double to, int first, int last) {
        Checks.inRange("from", from, 0, 1);
        Checks.inRange("to", to, Math.nextUp(from), 1);
        Checks.nonNegative("first", first);
        Checks.nonNegative("last", last);
        return features -> {
            double share = Math.max(0, Math.min(1, (features.progress() - from) / (to - from)));
            return (int) Math.rint(first + share * (last - first));
        };
    }

    /**
     * Returns a scheduler that takes the longest length whose limit of the model's error is not exceeded.
     *
     * @param horizons lengths, ascending, at least one; the first where the error exceeds all limits
     * @param limits   largest model error of each length but the first, descending, {@code [horizons.length - 1]}
     */
    static RolloutScheduler byModelError(int[] horizons, double[] limits) {
        Checks.positive("number of horizons", horizons.length);
        Checks.same("number of limits", limits.length, "number of horizons but one", horizons.length - 1);
        int[] lengths = horizons.clone();
        double[] bounds = limits.clone();
        return features -> {
            int chosen = 0;
            while (chosen < bounds.length && features.modelError() <= bounds[chosen]) chosen++;
            return lengths[chosen];
        };
    }
}
