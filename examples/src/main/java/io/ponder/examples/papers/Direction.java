package io.ponder.examples.papers;

/** Which values of a metric are better. */
public enum Direction {
    /** Less is better: errors, costs, regret. */
    LOWER,
    /** More is better: returns, shares of successes. */
    HIGHER;

    /** Tells whether {@code a} is better than {@code b}; NaN is worse than every number. */
    public boolean better(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) return !Double.isNaN(a);
        return this == LOWER ? a < b : a > b;
    }
}
