package io.ponder.gpu;

/**
 * Keeps activations in global memory, the samples of a group next to each other: for wide networks. The items of a group read the same
 * weights at the same time, where they have the same member.
 */
final class WideEnsembleKernel extends EnsembleKernel {
    /** Activations {@code [2 x width x items]}. */
    final float[] units;
    int width;
    int items;

    WideEnsembleKernel(Arrays arrays, float[] units) {
        super(arrays);
        this.units = units;
    }

    @Override
    public void run() {
        runPass(columnOfItem());
    }

    @Override
    void input(int i, float x) {
        units[i * items + getGlobalId()] = x;
    }

    @Override
    float output(int from, int d) {
        return units[(from + d) * items + getGlobalId()];
    }

    @Override
    int forward(int layer, int layers, int parameter, int epsilon) {
        int from = 0;
        int weight = parameter;
        for (int l = 0; l < layers; l++) {
            int at = layer + EnsembleLayout.LAYER_WORDS * l;
            int inputs = shape[at];
            int outputs = shape[at + 1];
            int activation = shape[at + 2];
            int normed = shape[at + 3];
            int to = width - from;
            dense(from, to, inputs, outputs, weight);
            weight = weight + inputs * outputs + outputs;
            if (normed == 1) {
                normalise(to, outputs, weight, weights[epsilon + l]);
                weight = weight + 2 * outputs;
            }
            int item = getGlobalId();
            for (int o = 0; o < outputs; o++) {
                units[(to + o) * items + item] = activate(activation, units[(to + o) * items + item]);
            }
            from = to;
        }
        return from;
    }

    private void dense(int from, int to, int inputs, int outputs, int weight) {
        int item = getGlobalId();
        int bias = weight + inputs * outputs;
        for (int o = 0; o < outputs; o++) {
            float sum = weights[bias + o];
            for (int i = 0; i < inputs; i++) sum += weights[weight + o * inputs + i] * units[(from + i) * items + item];
            units[(to + o) * items + item] = sum;
        }
    }

    private void normalise(int at, int count, int scale, float epsilon) {
        int item = getGlobalId();
        float sum = 0;
        for (int o = 0; o < count; o++) sum += units[(at + o) * items + item];
        float mean = sum / count;
        float squares = 0;
        for (int o = 0; o < count; o++) {
            float distance = units[(at + o) * items + item] - mean;
            squares += distance * distance;
        }
        float inverse = 1f / sqrt(squares / count + epsilon);
        for (int o = 0; o < count; o++) {
            float centred = units[(at + o) * items + item] - mean;
            units[(at + o) * items + item] = centred * inverse * weights[scale + o] + weights[scale + count + o];
        }
    }
}
