package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Team;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Computes an objective of all members of a network on a batch {@code [E x rows x K]}, and its derivative by all parameters.
 *
 * <p>Each member runs forwards and backwards before the next one begins, so that its activations are still in the cache when they are
 * read again. With a pool the members are shared out among threads; the result is the same to the bit for any number of them.
 *
 * <p>Memory is taken once; a call allocates nothing. To be called by one thread at a time.
 */
public final class LossGradient {
    private final Network network;
    private final int capacity;
    private final Tape[] tapes;
    private final Team team;
    private final Node[] losses;
    private final float[] coefficients;
    private final ParameterTensor[] penalised;
    private final double[] penalties;
    private final ParameterGradient gradient;
    private final float[] @Nullable [] bound;
    private final int[] stepPerColumn;
    private final Node[] inputs;
    private final double[] memberLoss;
    private final float[] rowLoss;
    private float @Nullable [] rowWeights;
    private int columns;
    private boolean derivative;

    /**
     * Creates the computation on the calling thread.
     *
     * @param network   the network; its parameters are read anew in every call
     * @param objective what is minimised
     * @param capacity  largest number of samples K of one member
     */
    public LossGradient(Network network, Objective objective, int capacity) {
        this(network, objective, capacity, null, 1);
    }

    /**
     * Creates the computation on several threads.
     *
     * @param pool    runs all shares but the first, which is the caller's; null for one thread
     * @param threads number of shares, at least 1; more than there are members are of no use
     */
    public LossGradient(Network network, Objective objective, int capacity, @Nullable ForkJoinPool pool, int threads) {
        this.network = network;
        this.capacity = capacity;
        this.losses = objective.losses();
        Checks.positive("number of losses", losses.length);
        this.coefficients = objective.coefficients();
        this.penalised = objective.penalised();
        this.penalties = objective.penalties();
        this.tapes = new Tape[pool == null ? 1 : Math.min(Checks.positive("threads", threads), network.members())];
        for (int t = 0; t < tapes.length; t++) tapes[t] = new Tape(network, capacity, Differentiate.PARAMETERS, losses);
        this.team = new Team(pool, tapes.length, this::runShare);
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

    private double run(int newColumns, boolean withDerivative) {
        columns = Checks.inRange("columns", newColumns, 1, capacity);
        derivative = withDerivative;
        team.run(tapes.length);
        double total = 0;
        for (double loss : memberLoss) total += loss;
        if (derivative) gradient.sumShared();
        return total + penalise();
    }

    /** Runs the members of one thread: every n-th, from its number on. */
    private void runShare(int first) {
        for (int e = first; e < network.members(); e += tapes.length) runMember(tapes[first], e);
    }

    private void runMember(Tape tape, int member) {
        for (int i = 0; i < inputs.length; i++) {
            float[] source = bound[i];
            if (source == null) throw new IllegalStateException("Input " + inputs[i] + " is not bound.");
            tape.bind(inputs[i], source, member * stepPerColumn[i] * columns);
        }
        tape.forward(member, columns);
        memberLoss[member] = collect(tape, member);
        if (!derivative) return;
        seed(tape, member);
        tape.backward(gradient, false);
    }

    /** Sums the terms of every row, and returns their weighted mean. */
    private double collect(Tape tape, int member) {
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

    private void seed(Tape tape, int member) {
        float[] weights = rowWeights;
        for (int t = 0; t < losses.length; t++) {
            float[] seed = tape.seed(losses[t]);
            float share = coefficients[t] / columns;
            for (int k = 0; k < columns; k++) seed[k] = weights == null ? share : share * weights[member * columns + k];
        }
    }

    private double penalise() {
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

    /**
     * Returns what the last call computed at a node the objective needs, {@code [rows x K]}, such as one of its terms or the logits of a
     * head. Only for a network of one member. Not to be modified.
     */
    public float[] values(Node node) {
        Checks.same("members", network.members(), "the one whose values are kept", 1);
        return tapes[0].values(node);
    }

    /** Returns the derivative by all parameters, laid out as {@link Network#parameters()}. Modified by {@link #compute}. */
    public float[] gradient() {
        return gradient.values();
    }
}
