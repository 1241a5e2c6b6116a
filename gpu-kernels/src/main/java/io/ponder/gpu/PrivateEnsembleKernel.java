package io.ponder.gpu;

/** Keeps the activations of a sample in its private memory: for narrow networks. */
final class PrivateEnsembleKernel extends EnsembleKernel {
    /** Widest layer. */
    static final int WIDTH = 64;

    @PrivateMemorySpace(2 * WIDTH)
    final float[] units = new float[2 * WIDTH];

    PrivateEnsembleKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(columnOfItem());
    }

    @Override
    void input(int i, float x) {
        units[i] = x;
    }

    @Override
    float output(int from, int d) {
        return units[from + d];
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
            int to = WIDTH - from;
            int bias = weight + inputs * outputs;
            for (int o = 0; o < outputs; o++) {
                float sum = weights[bias + o];
                for (int i = 0; i < inputs; i++) sum += weights[weight + o * inputs + i] * units[from + i];
                units[to + o] = sum;
            }
            weight = bias + outputs;
            if (normed == 1) {
                normalise(to, outputs, weight, weights[epsilon + l]);
                weight = weight + 2 * outputs;
            }
            for (int o = 0; o < outputs; o++) units[to + o] = activate(activation, units[to + o]);
            from = to;
        }
        return from;
    }

    private void normalise(int at, int count, int scale, float epsilon) {
        float sum = 0;
        for (int o = 0; o < count; o++) sum += units[at + o];
        float mean = sum / count;
        float squares = 0;
        for (int o = 0; o < count; o++) squares += (units[at + o] - mean) * (units[at + o] - mean);
        float inverse = 1f / sqrt(squares / count + epsilon);
        for (int o = 0; o < count; o++) {
            units[at + o] = (units[at + o] - mean) * inverse * weights[scale + o] + weights[scale + count + o];
        }
    }
}
