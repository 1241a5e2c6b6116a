package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * States what is minimised: a weighted sum of row losses, each a node of one row, and of penalties on shared parameters.
 *
 * <p>The value is {@code sum over members of mean over rows of rowWeight * sum over terms of coefficient * rowLoss}, plus every penalty
 * once. Immutable once given to a {@link LossGradient}.
 */
public final class Objective {
    private final List<Node> losses = new ArrayList<>();
    private final List<Float> coefficients = new ArrayList<>();
    private final List<ParameterTensor> penalised = new ArrayList<>();
    private final List<Double> penalties = new ArrayList<>();

    /** States a single loss. */
    public static Objective of(Node rowLoss) {
        return new Objective().add(1, rowLoss);
    }

    /** Adds a term. */
    public Objective add(double coefficient, Node rowLoss) {
        Checks.same("rows of a loss", rowLoss.rows(), "rows needed", 1);
        losses.add(rowLoss);
        coefficients.add((float) coefficient);
        return this;
    }

    /** Adds {@code coefficient} times the sum of all entries of a tensor. */
    public Objective addSum(double coefficient, ParameterTensor tensor) {
        penalised.add(tensor);
        penalties.add(coefficient);
        return this;
    }

    /**
     * Adds the pull on the bounds of {@link NetworkBuilder#boundedLogVariance}: 0.01 times the sum of the upper less that of the lower
     * (Chua et al. 2018).
     *
     * @param name the name given to the bounds
     */
    public Objective addBoundsPull(Network network, String name) {
        return addSum(0.01, network.tensor(name + ".max")).addSum(-0.01, network.tensor(name + ".min"));
    }

    Node[] losses() {
        return losses.toArray(new Node[0]);
    }

    float[] coefficients() {
        float[] array = new float[coefficients.size()];
        for (int i = 0; i < array.length; i++) array[i] = coefficients.get(i);
        return array;
    }

    ParameterTensor[] penalised() {
        return penalised.toArray(new ParameterTensor[0]);
    }

    double[] penalties() {
        double[] array = new double[penalties.size()];
        for (int i = 0; i < array.length; i++) array[i] = penalties.get(i);
        return array;
    }
}
