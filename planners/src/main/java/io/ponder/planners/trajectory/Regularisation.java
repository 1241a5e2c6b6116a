package io.ponder.planners.trajectory;

/**
 * Decides how much is added to the curvature by the actions, row by row: nothing while steps succeed, soon a lot where they fail. In
 * units of the average curvature.
 *
 * <p>Source: the quadratic schedule of Tassa, Erez and Todorov 2012, section II-F.
 */
final class Regularisation {
    private static final double FACTOR = 2;
    private static final double LEAST = 1e-6;
    private static final double MOST = 1e10;
    private static final double SLIGHT = 1e-2;

    private final double[] amount;
    private final double[] growth;
    private final double[] unit;

    Regularisation(int rows) {
        amount = new double[rows];
        growth = new double[rows];
        unit = new double[rows];
    }

    void reset(int row) {
        amount[row] = 0;
        growth[row] = 1;
        unit[row] = 0;
    }

    /** Returns what to add. */
    double amount(int row) {
        return amount[row] * unit[row];
    }

    /** Tells whether steps are about as long as they would be without. */
    boolean slight(int row) {
        return amount[row] <= SLIGHT;
    }

    /** Sets the unit. */
    void unit(int row, double newUnit) {
        unit[row] = newUnit;
    }

    void lower(int row) {
        growth[row] = Math.min(1 / FACTOR, growth[row] / FACTOR);
        amount[row] *= growth[row];
        if (amount[row] < LEAST) amount[row] = 0;
    }

    /** Raises the amount; returns false where it is beyond all use. */
    boolean raise(int row) {
        growth[row] = Math.max(FACTOR, growth[row] * FACTOR);
        amount[row] = Math.max(LEAST, amount[row] * growth[row]);
        return amount[row] <= MOST;
    }
}
