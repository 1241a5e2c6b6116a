package io.ponder.engine.classic;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * States a linear system with a quadratic cost: x' = A x + B u, reward -(x''Q x' + u'R u) at the state x' <b>after</b> the step, u clipped
 * to bounds that may be infinite.
 *
 * <p>Counting the state after the step, the rewards of T steps from x0 sum to x0'Q x0 - J, where J is the usual cost with the same Q at
 * the end; so a planner meets the known optimum without a terminal value. Immutable and safe for several threads.
 */
public final class LinearQuadratic {
    private final int stateSize;
    private final int actionSize;
    private final double[] transition;
    private final double[] input;
    private final double[] stateCost;
    private final double[] actionCost;
    private final double bound;

    /**
     * Creates a system.
     *
     * @param transition A, {@code [n x n]}. Copied.
     * @param input      B, {@code [n x m]}. Copied.
     * @param stateCost  Q, {@code [n x n]}. Copied.
     * @param actionCost R, {@code [m x m]}. Copied.
     * @param bound      largest size of every action entry, above 0, or {@code Double.POSITIVE_INFINITY}
     * @throws IllegalArgumentException if the shapes do not fit together
     */
    public LinearQuadratic(double[][] transition, double[][] input, double[][] stateCost, double[][] actionCost, double bound) {
        stateSize = Checks.positive("rows of A", transition.length);
        actionSize = Checks.positive("rows of R", actionCost.length);
        this.transition = flat("A", transition, stateSize, stateSize);
        this.input = flat("B", input, stateSize, actionSize);
        this.stateCost = flat("Q", stateCost, stateSize, stateSize);
        this.actionCost = flat("R", actionCost, actionSize, actionSize);
        if (!(bound > 0)) throw new IllegalArgumentException("bound is " + bound + ", but it must be greater than 0.");
        this.bound = bound;
    }

    /** Returns a unit mass on a line, stepped by 0.1: state (position, speed), Q = diag(1, 0.1), R = 0.01. */
    public static LinearQuadratic doubleIntegrator(double bound) {
        double dt = 0.1;
        return new LinearQuadratic(
                new double[][] {{1, dt}, {0, 1}},
                new double[][] {{dt * dt / 2}, {dt}},
                new double[][] {{1, 0}, {0, 0.1}},
                new double[][] {{0.01}},
                bound);
    }

    private static double[] flat(String name, double[][] matrix, int rows, int columns) {
        Checks.same("rows of " + name, matrix.length, "its expected rows", rows);
        double[] flat = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            Checks.same("length of row " + i + " of " + name, matrix[i].length, "its expected columns", columns);
            System.arraycopy(matrix[i], 0, flat, i * columns, columns);
        }
        return flat;
    }

    /** Returns the number n of state entries. */
    public int stateSize() {
        return stateSize;
    }

    /** Returns the number m of action entries. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the largest size of an action entry, perhaps infinite. */
    public double bound() {
        return bound;
    }

    /** Returns A, row by row {@code [n x n]}. A copy. */
    public double[] transition() {
        return transition.clone();
    }

    /** Returns B, row by row {@code [n x m]}. A copy. */
    public double[] input() {
        return input.clone();
    }

    /** Returns Q, row by row {@code [n x n]}. A copy. */
    public double[] stateCost() {
        return stateCost.clone();
    }

    /** Returns R, row by row {@code [m x m]}. A copy. */
    public double[] actionCost() {
        return actionCost.clone();
    }

    /** Returns the action entry that acts: within the bound. */
    public double clipped(double action) {
        return Math.max(-bound, Math.min(bound, action));
    }

    /**
     * Steps a state.
     *
     * @param state  {@code [n]}. Not modified.
     * @param action {@code [m]}, already clipped. Not modified.
     * @param next   {@code [n]}; must not be {@code state}. Modified.
     */
    public void step(double[] state, double[] action, double[] next) {
        for (int i = 0; i < stateSize; i++) {
            double sum = 0;
            for (int j = 0; j < stateSize; j++) sum += transition[i * stateSize + j] * state[j];
            for (int j = 0; j < actionSize; j++) sum += input[i * actionSize + j] * action[j];
            next[i] = sum;
        }
    }

    /** Returns the reward of arriving at {@code next} with an action that is already clipped. */
    public double reward(double[] next, double[] action) {
        return -quadratic(stateCost, next, stateSize) - quadratic(actionCost, action, actionSize);
    }

    private static double quadratic(double[] matrix, double[] vector, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) sum += vector[i] * matrix[i * size + j] * vector[j];
        }
        return sum;
    }

    @Override
    public String toString() {
        return "LinearQuadratic(A=" + Arrays.toString(transition) + ", B=" + Arrays.toString(input) + ", Q="
                + Arrays.toString(stateCost) + ", R=" + Arrays.toString(actionCost) + ", bound=" + bound + ")";
    }
}
