package io.ponder.worldmodels.ensemble;

import io.ponder.engine.nn.Differentiate;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.ParameterGradient;
import io.ponder.engine.nn.Tape;
import io.ponder.worldmodels.objective.PredictionLoss;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Computes the derivative by the weights where a {@link PredictionLoss} is minimised: forwards, the loss at the means in units of the
 * environment, its cotangent brought back to those of the networks, backwards.
 */
final class PredictionLossStep {
    private final EnsembleNetwork net;
    private final Node own;
    private final int capacity;
    private final Tape tape;
    private final ParameterGradient gradient;
    private final float[] prediction;
    private final float[] target;
    private final float[] loss;
    private final float[] cotangent;

    PredictionLossStep(EnsembleNetwork net, int capacity) {
        this.net = net;
        this.capacity = capacity;
        own = net.loss;
        tape = new Tape(net.network, capacity, Differentiate.PARAMETERS, own, net.mean);
        gradient = new ParameterGradient(net.network);
        prediction = new float[net.mean.rows() * capacity];
        target = new float[net.mean.rows() * capacity];
        loss = new float[capacity];
        cotangent = new float[net.mean.rows() * capacity];
    }

    int capacity() {
        return capacity;
    }

    /** Returns the derivative by all weights of the mean loss of every member, which is overwritten by the next call. */
    float[] compute(float[] inputs, float[] targets, int columns, TrainingTerms terms) {
        int rows = net.mean.rows();
        float[] weights = terms.weights();
        for (int e = 0; e < net.network.members(); e++) {
            tape.bind(net.input, inputs, e * net.input.rows() * columns);
            tape.bind(net.target, targets, e * rows * columns);
            tape.forward(e, columns);
            differentiate(tape.values(net.mean), targets, e, columns, terms);
            float[] toOwn = tape.seed(own);
            float[] toMean = tape.seed(net.mean);
            for (int k = 0; k < columns; k++) toOwn[k] = terms.ownShare() * share(weights, e, k, columns);
            for (int d = 0; d < rows; d++) {
                float scale = terms.scale()[d];
                for (int k = 0, i = d * columns; k < columns; k++, i++) toMean[i] = cotangent[i] * scale * share(weights, e, k, columns);
            }
            tape.backward(gradient, false);
        }
        gradient.sumShared();
        return gradient.values();
    }

    private static float share(float @Nullable [] weights, int member, int k, int columns) {
        return (weights == null ? 1 : weights[member * columns + k]) / columns;
    }

    /** Returns the sum of the loss over the columns of one block. */
    double score(float[] means, float[] targets, int columns, TrainingTerms terms) {
        differentiate(means, targets, 0, columns, terms);
        double sum = 0;
        for (int k = 0; k < columns; k++) sum += loss[k];
        return sum;
    }

    private void differentiate(float[] means, float[] targets, int block, int columns, TrainingTerms terms) {
        int rows = net.mean.rows();
        for (int d = 0; d < rows; d++) {
            float scale = terms.scale()[d];
            for (int k = 0, i = d * columns, j = block * rows * columns + i; k < columns; k++, i++, j++) {
                prediction[i] = terms.shift()[j] + scale * means[i];
                target[i] = terms.shift()[j] + scale * targets[j];
            }
        }
        PredictionLoss wanted = Objects.requireNonNull(terms.loss());
        wanted.compute(prediction, target, rows, columns, loss, cotangent);
    }
}
