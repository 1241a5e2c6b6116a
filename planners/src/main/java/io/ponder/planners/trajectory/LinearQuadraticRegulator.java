package io.ponder.planners.trajectory;

import io.ponder.engine.Checks;
import io.ponder.engine.classic.LinearQuadratic;
import java.util.Arrays;

/**
 * Solves a linear system with a quadratic cost exactly, by the Riccati recursion in double precision: the cost to go is x'P x, the best
 * action u = -K x. Bounds of the actions are not heeded.
 *
 * <p>The cost is {@code sum_t (x_t'Q x_t + u_t'R u_t)} with the same Q at the end. Immutable, safe for several threads; construction
 * allocates. Source: Kalman 1960, Contributions to the theory of optimal control.
 */
public final class LinearQuadraticRegulator {
    /** Steps after which a recursion that has not settled is given up. */
    private static final int PATIENCE = 1_000_000;
    /** Relative change of P at which the recursion has settled: a few roundings. */
    private static final double SETTLED = 1e-15;

    private final int stateSize;
    private final int actionSize;
    private final double[] transition;
    private final double[] input;
    private final double[] stateCost;
    private final double[] actionCost;
    private final double[] value;
    private final double[] gain;

    private LinearQuadraticRegulator(LinearQuadratic system) {
        stateSize = system.stateSize();
        actionSize = system.actionSize();
        transition = system.transition();
        input = system.input();
        stateCost = system.stateCost();
        actionCost = system.actionCost();
        value = stateCost.clone();
        gain = new double[actionSize * stateSize];
    }

    /**
     * Returns the regulator at the first of {@code horizon} steps.
     *
     * @throws IllegalArgumentException if the horizon is below 1, or R + B'PB is not positive definite
     */
    public static LinearQuadraticRegulator finite(LinearQuadratic system, int horizon) {
        Checks.positive("horizon", horizon);
        var regulator = new LinearQuadraticRegulator(system);
        for (int t = 0; t < horizon; t++) regulator.back();
        return regulator;
    }

    /**
     * Returns the regulator without end: the solution of the discrete algebraic Riccati equation.
     *
     * @throws IllegalArgumentException if the recursion does not settle, as where the system cannot be stabilised
     */
    public static LinearQuadraticRegulator infinite(LinearQuadratic system) {
        var regulator = new LinearQuadraticRegulator(system);
        for (int i = 0; i < PATIENCE; i++) {
            if (regulator.back() <= SETTLED) return regulator;
        }
        throw new IllegalArgumentException("The Riccati recursion of " + system + " has not settled after " + PATIENCE
                + " steps.\nMaybe the system cannot be stabilised by its actions; use finite(system, horizon).");
    }

    /** Goes back by one step and returns the relative change of P. */
    private double back() {
        int n = stateSize;
        int m = actionSize;
        double[] inputValue = new double[m * n];
        for (int a = 0; a < m; a++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) inputValue[a * n + j] += input[i * m + a] * value[i * n + j];
            }
        }
        double[] curvature = new double[m * m];
        for (int a = 0; a < m; a++) {
            for (int c = 0; c < m; c++) {
                curvature[a * m + c] = 0.5 * (actionCost[a * m + c] + actionCost[c * m + a]);
                for (int i = 0; i < n; i++) curvature[a * m + c] += inputValue[a * n + i] * input[i * m + c];
            }
        }
        if (!Cholesky.factor(curvature, m)) {
            throw new IllegalArgumentException("R + B'PB is not positive definite.\nMaybe R lacks a cost of some action.");
        }
        Arrays.fill(gain, 0);
        for (int a = 0; a < m; a++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) gain[a * n + j] += inputValue[a * n + i] * transition[i * n + j];
            }
        }
        for (int j = 0; j < n; j++) Cholesky.solve(curvature, m, gain, j, n);
        return settle();
    }

    /** Makes P the cost to go of the gain, in the form that stays symmetric and positive. */
    private double settle() {
        int n = stateSize;
        int m = actionSize;
        double[] closed = transition.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int a = 0; a < m; a++) closed[i * n + j] -= input[i * m + a] * gain[a * n + j];
            }
        }
        double[] next = new double[n * n];
        double change = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0.5 * (stateCost[i * n + j] + stateCost[j * n + i]);
                for (int a = 0; a < m; a++) {
                    for (int c = 0; c < m; c++) sum += gain[a * n + i] * actionCost[a * m + c] * gain[c * n + j];
                }
                for (int k = 0; k < n; k++) {
                    for (int l = 0; l < n; l++) sum += closed[k * n + i] * value[k * n + l] * closed[l * n + j];
                }
                next[i * n + j] = sum;
                change = Math.max(change, Math.abs(sum - value[i * n + j]));
                size = Math.max(size, Math.abs(sum));
            }
        }
        System.arraycopy(next, 0, value, 0, n * n);
        return change / size;
    }

    /** Returns entry (i, j) of P. */
    public double value(int i, int j) {
        return value[i * stateSize + j];
    }

    /** Returns the gain of action entry {@code action} on state entry {@code state}; the best action is {@code -K x}. */
    public double gain(int action, int state) {
        return gain[action * stateSize + state];
    }

    /** Returns the least cost from a state {@code [n]}. */
    public double cost(double... state) {
        double sum = 0;
        for (int i = 0; i < stateSize; i++) {
            for (int j = 0; j < stateSize; j++) sum += state[i] * value[i * stateSize + j] * state[j];
        }
        return sum;
    }

    /** Returns entry {@code action} of the best action in a state {@code [n]}. */
    public double action(int action, double... state) {
        double sum = 0;
        for (int j = 0; j < stateSize; j++) sum -= gain[action * stateSize + j] * state[j];
        return sum;
    }
}
