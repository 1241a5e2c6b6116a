package io.ponder.engine.nn;

import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** A small regression problem: sin(3x) on [-1, 1] with noise that grows with x, for an ensemble with learned variance. */
final class SineFit {
    static final int ROWS = 256;
    static final int BATCH = 64;

    final Network network;
    final Node x;
    final Node mean;
    final Node logVariance;
    final Node target;
    final LossGradient gradient;
    final Adam adam;
    final float[] inputs = new float[ROWS];
    final float[] targets = new float[ROWS];
    private final float[] batchX;
    private final float[] batchY;

    SineFit(int members, long seed, @Nullable ForkJoinPool pool, int threads) {
        NetworkBuilder builder = new NetworkBuilder(members);
        x = builder.input("x", 1);
        target = builder.target("target", 1);
        Node hidden = x;
        for (int layer = 0; layer < 2; layer++) {
            hidden = builder.activation(
                    Activation.SILU, builder.dense("layer" + layer, hidden, 32, Initialiser.truncatedNormalByInputs()));
        }
        Node head = builder.dense("head", hidden, 2, Initialiser.truncatedNormalByInputs());
        mean = builder.slice(head, 0, 1);
        logVariance = builder.boundedLogVariance("bounds", builder.slice(head, 1, 1));
        Node loss = builder.gaussianNll(mean, logVariance, target);
        network = builder.build(seed);
        gradient = new LossGradient(network, Objective.of(loss).addBoundsPull(network, "bounds"), BATCH, pool, threads);
        adam = new Adam(network.parameterCount());
        for (int i = 0; i < ROWS; i++) {
            inputs[i] = 2f * i / (ROWS - 1) - 1;
            double noise = 0.01 + 0.2 * Math.max(0, inputs[i]);
            targets[i] = (float) (Math.sin(3 * inputs[i]) + noise * CounterRandom.normal(11, 13, i, 0));
        }
        batchX = new float[members * BATCH];
        batchY = new float[members * BATCH];
        gradient.bind(x, batchX);
        gradient.bind(target, batchY);
    }

    /** One optimiser step; every member on its own rows. */
    double step(int step, int columns, double learningRate) {
        for (int e = 0; e < network.members(); e++) {
            for (int k = 0; k < columns; k++) {
                int row = CounterRandom.below(ROWS, 5, e, step, k);
                batchX[e * columns + k] = inputs[row];
                batchY[e * columns + k] = targets[row];
            }
        }
        double loss = gradient.compute(columns);
        GradientClipping.clipNorm(gradient.gradient(), network.parameterCount(), 10);
        adam.step(network.parameters(), gradient.gradient(), learningRate);
        return loss;
    }

    void train(int steps, double learningRate) {
        for (int step = 0; step < steps; step++) step(step, BATCH, learningRate);
    }

    /** Mean squared error of the member's mean against the sine without noise. */
    double error(int member) {
        float[] predicted = new float[ROWS];
        new ForwardPass(network, mean).run(member, inputs, 0, ROWS, ROWS, predicted, 0, ROWS);
        double sum = 0;
        for (int i = 0; i < ROWS; i++) sum += Math.pow(predicted[i] - Math.sin(3 * inputs[i]), 2);
        return sum / ROWS;
    }
}
