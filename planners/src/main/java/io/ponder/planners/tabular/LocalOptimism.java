package io.ponder.planners.tabular;

import io.ponder.engine.Checks;

/**
 * Explores for the best average reward by believing, among the hypotheses that the data allow, the one that promises most, and by holding
 * on to it until the data speak against it clearly: a new one is chosen only when the loss of the held one exceeds the least by
 * {@code patience} times the width of the confidence set.
 *
 * <p>Not thread-safe. Nothing is allocated after construction.
 *
 * <p>Source: J. He, H. Zhong and Z. Yang, "Sample-efficient Learning of Infinite-horizon Average-reward MDPs with General Function
 * Approximation", 2024, algorithm 1 (LOOP), for finitely many models.
 */
public final class LocalOptimism {
    private final HypothesisSet hypotheses;
    private final double width;
    private final double patience;
    private int held;
    private int switches;

    /**
     * Begins with the hypothesis that promises most.
     *
     * @param width    excess of loss up to which a hypothesis is believed possible, at least 0
     * @param patience 3 in the paper; 0 chooses anew after every transition
     */
    public LocalOptimism(HypothesisSet hypotheses, double width, double patience) {
        this.hypotheses = hypotheses;
        this.width = Checks.inRange("width", width, 0, Double.MAX_VALUE);
        this.patience = Checks.inRange("patience", patience, 0, Double.MAX_VALUE);
        held = hypotheses.mostPromising(width);
    }

    /** Learns from one transition and returns the hypothesis that is believed. */
    public int observe(int state, int action, double reward, int next) {
        hypotheses.observe(state, action, reward, next);
        double excess = hypotheses.loss(held) - hypotheses.loss(hypotheses.likeliest());
        if (patience == 0 || excess > patience * width) {
            int chosen = hypotheses.mostPromising(width);
            if (chosen != held) switches++;
            held = chosen;
        }
        return held;
    }

    /** Returns the action that the held hypothesis calls best. */
    public int action(int state) {
        return hypotheses.action(held, state);
    }

    /** Returns how often the held hypothesis has changed. */
    public int switches() {
        return switches;
    }
}
