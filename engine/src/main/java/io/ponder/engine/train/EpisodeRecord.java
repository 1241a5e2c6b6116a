package io.ponder.engine.train;

/**
 * Records one episode. Times and bytes are those of the decisions (planning calls) in the thread that ran them; all are NaN and the
 * array is empty where no planner acted.
 *
 * <p>What the plans promised is compared with what followed: the mean of the promised returns, and the mean of the rewards really
 * earned over the same number of steps, both over the decisions whose whole horizon was seen (an episode that terminated earns 0
 * afterwards). Both are NaN where actions were held for several steps. The real sums are undiscounted and end with the horizon, so a discount or a terminal value shows as a difference.
 *
 * @param episode               number of the episode, from 1
 * @param episodeReturn         sum of the rewards
 * @param steps                 environment steps
 * @param terminated            whether it ended in a state without future
 * @param truncated             whether a time limit cut it; neither of both where a limit of steps or a cancellation ended it
 * @param totalSteps            environment steps of the whole run up to its end
 * @param modelSteps            model steps that planning used
 * @param planMillis            time of every decision in milliseconds, in order. Not to be modified.
 * @param planMillisP50         median time of a decision in milliseconds
 * @param planMillisP99         99th percentile of the same
 * @param allocatedBytesPerPlan mean heap allocation of a decision; NaN where the JVM does not count
 * @param meanPredictedReturn   what the plans promised
 * @param meanRealReturn        what followed
 * @param executedOn            what ran the rollouts; empty where no planner acted
 * @param health                what the plans' diagnostics said
 */
public record EpisodeRecord(
        int episode,
        double episodeReturn,
        int steps,
        boolean terminated,
        boolean truncated,
        long totalSteps,
        long modelSteps,
        double[] planMillis,
        double planMillisP50,
        double planMillisP99,
        double allocatedBytesPerPlan,
        double meanPredictedReturn,
        double meanRealReturn,
        String executedOn,
        PlanHealth health) {
    /** Tells whether a planner acted. */
    public boolean planned() {
        return planMillis.length > 0;
    }
}
