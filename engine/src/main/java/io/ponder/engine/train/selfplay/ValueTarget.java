package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;

/**
 * Computes value targets of a {@link PlayedEpisode}: returns of n real rewards and a value behind them, or the mixture of them that is
 * TD(lambda) (Sutton 1988; MuZero's targets, Schrittwieser and others 2020).
 *
 * <p>From the end on, {@code G = v(T)}; before it {@code G(j) = r(j) + discount * sign * ((1 - lambda) v(j + 1) + lambda G(j + 1))}, where
 * the sign is -1 if another player moves next. The value of an end is 0, that of a cut the root value of the last observation. Where the
 * episode still runs, the newest position with a root value ends the sum.
 */
final class ValueTarget {
    private final TargetParameters parameters;

    ValueTarget(TargetParameters parameters) {
        this.parameters = parameters;
    }

    /** Returns the position whose value ends the sum of the target at {@code step}. */
    int horizon(PlayedEpisode episode, int step) {
        int last = episode.complete() ? episode.length() : episode.length() - 1;
        return (int) Math.min((long) step + parameters.steps(), last);
    }

    /** Returns whether the value at a position is 0 because nothing follows. */
    static boolean over(PlayedEpisode episode, int step) {
        return episode.terminated() && step >= episode.length();
    }

    /** Returns the target at {@code step} from the values of the searches. */
    double target(PlayedEpisode episode, int step) {
        int end = horizon(episode, step);
        return target(episode, step, end, over(episode, end) ? 0 : episode.rootValues()[end]);
    }

    /**
     * Returns the target at {@code step}.
     *
     * @param end  position whose value ends the sum, at least {@code step}
     * @param last that value, of whoever moves there
     */
    double target(PlayedEpisode episode, int step, int end, double last) {
        Checks.inRange("step", step, 0, episode.length());
        double lambda = parameters.lambda();
        double value = last;
        for (int j = end - 1; j >= step; j--) {
            // The value at the end of the sum is the same in both parts.
            if (j + 1 < end) value = (1 - lambda) * episode.rootValues()[j + 1] + lambda * value;
            value = episode.rewards()[j] + parameters.discount() * sign(episode, j) * value;
        }
        return value;
    }

    private static int sign(PlayedEpisode episode, int step) {
        return ValueTarget.over(episode, step + 1) || episode.mover(step) == episode.mover(step + 1) ? 1 : -1;
    }
}
