package io.ponder.worldmodels.ensemble;

import java.util.HashMap;
import java.util.Map;

/** Computes a learned chain in double, one sample at a time, from its tensors: an independent statement of what it means. */
final class ReferenceChain {
    private final Map<String, double[]> tensors = new HashMap<>();
    private final EnsembleParameters parameters;
    private final int observationSize;
    private final int targetSize;
    private final int[] angles;

    ReferenceChain(Predictor predictor, EnsembleParameters parameters, int[] angles) {
        this.parameters = parameters;
        this.angles = angles;
        observationSize = predictor.observationSize();
        targetSize = predictor.targetSize();
        predictor.visitTensors((name, shape, data, offset) -> {
            int size = 1;
            for (int length : shape) size *= length;
            var copy = new double[size];
            for (int i = 0; i < size; i++) copy[i] = data[offset + i];
            tensors.put(name, copy);
        });
    }

    /** Returns the means, then the log-variances, of what follows. */
    double[] predict(int member, double[] observation, double[] action) {
        double[] x = standardised(features(observation), action);
        for (int layer = 0; layer < parameters.hiddenLayers(); layer++) {
            x = dense("ensemble.hidden." + layer, member, x, parameters.width());
            for (int i = 0; i < x.length; i++) x[i] = x[i] / (1 + Math.exp(-x[i]));
        }
        double[] out = dense("ensemble.output", member, x, parameters.probabilistic() ? 2 * targetSize : targetSize);
        var prediction = new double[2 * targetSize];
        for (int d = 0; d < targetSize; d++) {
            double scale = tensors.containsKey("target.scale") ? tensors.get("target.scale")[d] : 1;
            double shift = tensors.containsKey("target.mean") ? tensors.get("target.mean")[d] : 0;
            prediction[d] = out[d] * scale + shift + (d < observationSize ? observation[d] : 0);
            prediction[targetSize + d] =
                    parameters.probabilistic() ? bounded(out[targetSize + d], d) + 2 * Math.log(scale) : Double.NEGATIVE_INFINITY;
        }
        return prediction;
    }

    private double[] features(double[] observation) {
        var made = new double[observationSize + angles.length];
        int at = 0;
        for (int d = 0; d < observationSize; d++) {
            boolean angle = false;
            for (int entry : angles) angle |= entry == d;
            if (!angle) made[at++] = observation[d];
        }
        for (int entry : angles) {
            made[at++] = Math.sin(observation[entry]);
            made[at++] = Math.cos(observation[entry]);
        }
        return made;
    }

    private double[] standardised(double[] features, double[] action) {
        var x = new double[features.length + action.length];
        for (int i = 0; i < features.length; i++) {
            x[i] = (features[i] - tensors.get("input.observation.mean")[i]) / tensors.get("input.observation.scale")[i];
        }
        for (int i = 0; i < action.length; i++) {
            x[features.length + i] = (action[i] - tensors.get("input.action.mean")[i]) / tensors.get("input.action.scale")[i];
        }
        return x;
    }

    private double[] dense(String name, int member, double[] x, int size) {
        double[] weight = tensors.get(name + ".weight");
        double[] bias = tensors.get(name + ".bias");
        var y = new double[size];
        for (int o = 0; o < size; o++) {
            y[o] = bias[member * size + o];
            for (int i = 0; i < x.length; i++) y[o] += weight[(member * size + o) * x.length + i] * x[i];
        }
        return y;
    }

    private double bounded(double raw, int d) {
        double max = tensors.get("ensemble.log-variance.max")[d];
        double min = tensors.get("ensemble.log-variance.min")[d];
        double upper = max - Math.log1p(Math.exp(max - raw));
        return min + Math.log1p(Math.exp(upper - min));
    }
}
