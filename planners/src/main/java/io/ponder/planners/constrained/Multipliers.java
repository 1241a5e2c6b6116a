package io.ponder.planners.constrained;

import io.ponder.engine.plan.Constraint;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the prices of all constraints, row by row and step by step: multipliers, and the weight of squared violations. Written between
 * rounds, read by all threads during one.
 *
 * <p>Rows of a step's values: those of the constraints in their order, then, where rates are priced, rises and falls of the actions.
 */
final class Multipliers {
    /** A round must bring the violation down to this share, or the weight grows. */
    private static final double ENOUGH = 0.25;
    /** Beyond this weight single precision sees nothing but violations. */
    private static final double MOST = 1e6;

    final int horizon;
    final int size;
    final int actionSize;
    final boolean pricesRates;
    final float[] rateLimits;
    final List<Constraint> constraints;
    private final ConstraintParameters parameters;
    private final double[][] multiplier;
    private final double[] weight;
    private final double[] before;
    private final boolean[] hasPrevious;
    private final boolean[] equality;
    private final boolean[] atEndOnly;

    Multipliers(Problem problem, ConstraintParameters parameters, int rows) {
        this.parameters = parameters;
        horizon = parameters.horizon();
        actionSize = problem.actionSize();
        constraints = problem.constraints();
        pricesRates = problem.rateLimited() && !parameters.clampRates();
        rateLimits = new float[actionSize];
        for (int a = 0; a < actionSize; a++) rateLimits[a] = problem.rateLimit(a);
        int count = 0;
        for (Constraint constraint : constraints) count += constraint.size();
        size = count + (pricesRates ? 2 * actionSize : 0);
        equality = new boolean[size];
        atEndOnly = new boolean[size];
        int at = 0;
        for (Constraint constraint : constraints) {
            Arrays.fill(equality, at, at + constraint.size(), constraint.equality());
            Arrays.fill(atEndOnly, at, at + constraint.size(), constraint.atEndOnly());
            at += constraint.size();
        }
        multiplier = new double[rows][horizon * size];
        weight = new double[rows];
        before = new double[rows];
        hasPrevious = new boolean[rows];
        for (int b = 0; b < rows; b++) reset(b);
    }

    void reset(int row) {
        Arrays.fill(multiplier[row], 0);
        weight[row] = parameters.penalty();
        hasPrevious[row] = false;
    }

    /** Begins a call: the prices move with the plan. */
    void begin(int row, int elapsed) {
        int moved = Math.min(elapsed, horizon) * size;
        int length = horizon * size;
        System.arraycopy(multiplier[row], moved, multiplier[row], 0, length - moved);
        Arrays.fill(multiplier[row], length - moved, length, 0);
        before[row] = Double.POSITIVE_INFINITY;
    }

    void hasPrevious(int row, boolean has) {
        hasPrevious[row] = has;
    }

    /** Tells whether the action before a step is known, so that its rate counts. */
    boolean rated(int row, int t) {
        return t > 0 || hasPrevious[row];
    }

    /** Tells whether a value counts at a step. */
    boolean counts(int i, int row, int t) {
        if (i >= size - (pricesRates ? 2 * actionSize : 0)) return rated(row, t);
        return !atEndOnly[i] || t == horizon - 1;
    }

    /** Returns what a value costs. */
    double price(int i, int row, int t, double value) {
        double lambda = multiplier[row][t * size + i];
        double rho = weight[row];
        double active = slope(i, row, t, value);
        return equality[i] ? lambda * value + 0.5 * rho * value * value : (active * active - lambda * lambda) / (2 * rho);
    }

    /** Returns the derivative of the price. */
    double slope(int i, int row, int t, double value) {
        double slope = multiplier[row][t * size + i] + weight[row] * value;
        return equality[i] ? slope : Math.max(0, slope);
    }

    /** Returns by how much a value breaks its constraint. */
    double violation(int i, double value) {
        return equality[i] ? Math.abs(value) : Math.max(0, value);
    }

    /** Adapts a multiplier to the value that a plan leads to. */
    void update(int i, int row, int t, double value) {
        multiplier[row][t * size + i] = slope(i, row, t, value);
    }

    /** Ends a round: where it has not brought the violation down enough, violations weigh more. */
    void endRound(int row, double violation) {
        if (violation > Math.max(parameters.tolerance(), ENOUGH * before[row])) {
            weight[row] = Math.min(MOST, weight[row] * parameters.growth());
        }
        before[row] = violation;
    }
}
