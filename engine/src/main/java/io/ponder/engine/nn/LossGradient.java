package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes an objective of all members of a network on a batch {@code [E x rows x K]}, and its derivative by all parameters.
 *
 * <p>Each member runs forwards and backwards before the next one begins, so that its activations are still in the cache when they are
 * read again. Allocates nothing once constructed. Not thread-safe.
 */
public final class LossGradient {
    private final Network network;
    private final Tape tape;
    private final Node[] losses;
    private final float[] coefficients;
    private final ParameterTensor[] penalised;
    private final double[] penalties;
    private final ParameterGradient gradient;
    private final float[][] bound;
    private final int[] stepPerColumn;
    private final Node[] inputs;
    private final double[] memberLoss;
    private final float[] rowLoss;
    private float @Nullable [] rowWeights;

    /**
     * Creates the computation.
     *
     * @param network   the network; its parameters are read anew in every call
     * @param objective what is minimised
     * @param capacity  largest number of samples K of one member
     */
    public LossGradient(Network network, Objective objective, int capacity) {
        this.network = network;
        this.losses = objective.losses();
        Checks.positive("number of losses", losses.length);
        this.coefficients = objective.coefficients();
        this.penalised = objective.penalised();
        this.penalties = objective.penalties();
        this.tape = new Tape(network, capacity, Differentiate.PARAMETERS, losses);
        this.gradient = new ParameterGradient(network);
        this.inputs = new Program(network, losses).inputs().toArray(new Node[0]);
        this.bound = new float[inputs.length][];
        this.stepPerColumn = new int[inputs.length];
        this.memberLoss = new double[network.members()];
        this.rowLoss = new float[Math.multiplyExact(network.members(), capacity)];
    }

    /** Makes an input read from {@code source} {@code [E x rows x K]}, dense in the K of the call. Not modified. */
    public void bind(Node input, float[] source) {
        bind(input, source, input.rows());
    }

    /** Makes an input of every member read from the same {@code source} {@code [rows x K]}. Not modified. */
    public void bindShared(Node input, float[] source) {
        bind(input, source, 0);
    }

    private void bind(Node input, float[] source, int step) {
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] != input) continue;
            bound[i] = source;
            stepPerColumn[i] = step;
            return;
        }
        throw new IllegalArgumentException("Node " + input + " is no input of the objective.");
    }

    /** Weighs the rows by {@code weights} {@code [E x K]} from now on; null weighs all by 1. Not modified. */
    public void rowWeights(float @Nullable [] weights) {
        rowWeights = weights;
    }

    /**
     * Computes the objective and its derivative.
     *
     * @param columns number of samples K of one member, from 1 to the capacity
     * @return the objective
     */
    public double compute(int columns) {
        return run(columns, true);
    }

    /** Computes the objective only. */
    public double evaluate(int columns) {
        return run(columns, false);
    }

    private double run(int columns, boolean derivative) {
        Checks.inRange("columns", columns, 1, tape.capacity());
        double total = 0;
        for (int e = 0; e < network.members(); e++) {
            for (int i = 0; i < inputs.length; i++) {
                float[] source = bound[i];
                if (source == null) throw new IllegalStateException("Input " + inputs[i] + " is not bound.");
                tape.bind(inputs[i], source, e * stepPerColumn[i] * columns);
            }
            tape.forward(e, columns);
            memberLoss[e] = collect(e, columns);
            total += memberLoss[e];
            if (!derivative) continue;
            seed(e, columns);
            tape.backward(gradient, false);
        }
        if (derivative) gradient.sumShared();
        return total + penalise(derivative);
    }

    /** Sums the terms of every row, and returns their weighted mean. */
    private double collect(int member, int columns) {
        int first = member * columns;
        Arrays.fill(rowLoss, first, first + columns, 0f);
        for (int t = 0; t < losses.length; t++) {
            float[] values = tape.values(losses[t]);
            for (int k = 0; k < columns; k++) rowLoss[first + k] += coefficients[t] * values[k];
        }
        float[] weights = rowWeights;
        double sum = 0;
        for (int k = 0; k < columns; k++) sum += weights == null ? rowLoss[first + k] : weights[first + k] * rowLoss[first + k];
        return sum / columns;
    }

    private void seed(int member, int columns) {
        float[] weights = rowWeights;
        for (int t = 0; t < losses.length; t++) {
            float[] seed = tape.seed(losses[t]);
            float share = coefficients[t] / columns;
            for (int k = 0; k < columns; k++) seed[k] = weights == null ? share : share * weights[member * columns + k];
        }
    }

    private double penalise(boolean derivative) {
        double total = 0;
        for (int t = 0; t < penalised.length; t++) {
            int from = penalised[t].offset();
            int to = from + penalised[t].size();
            for (int i = from; i < to; i++) {
                total += penalties[t] * network.parameters()[i];
                if (derivative) gradient.values()[i] += (float) penalties[t];
            }
        }
        return total;
    }

    /** Returns the weighted loss {@code [E]} of the last call by member, without penalties. */
    public double[] memberLoss() {
        return memberLoss;
    }

    /** Returns the unweighted loss {@code [E x K]} of the last call by row. */
    public float[] rowLoss() {
        return rowLoss;
    }

    /** Returns the derivative by all parameters, laid out as {@link Network#parameters()}. Modified by {@link #compute}. */
    public float[] gradient() {
        return gradient.values();
    }
}
