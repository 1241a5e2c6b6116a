package io.ponder.gpu;

/**
 * Keeps activations in global memory, the samples of a group next to each other, and streams weights through local memory in tiles that
 * the group shares: for wide networks. Where every sample draws its own member, weights are read directly.
 */
final class TiledEnsembleKernel extends EnsembleKernel {
    /** Rows and columns of a tile of weights. */
    static final int TILE = 16;

    /** Activations {@code [2 x width x items]}. */
    final float[] units;
    int width;
    int items;

    @Local
    final float[] tile = new float[TILE * TILE];

    @PrivateMemorySpace(TILE)
    final float[] sums = new float[TILE];

    TiledEnsembleKernel(Arrays arrays, float[] units) {
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
            if (shape[EnsembleLayout.PROPAGATION] == EnsembleLayout.MEMBER_PER_STEP) direct(from, to, inputs, outputs, weight);
            else tiled(from, to, inputs, outputs, weight);
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

    private void direct(int from, int to, int inputs, int outputs, int weight) {
        int item = getGlobalId();
        int bias = weight + inputs * outputs;
        for (int o = 0; o < outputs; o++) {
            float sum = weights[bias + o];
            for (int i = 0; i < inputs; i++) sum += weights[weight + o * inputs + i] * units[(from + i) * items + item];
            units[(to + o) * items + item] = sum;
        }
    }

    private void tiled(int from, int to, int inputs, int outputs, int weight) {
        int item = getGlobalId();
        int bias = weight + inputs * outputs;
        for (int first = 0; first < outputs; first += TILE) {
            for (int o = 0; o < TILE; o++) {
                sums[o] = 0;
                if (first + o < outputs) sums[o] = weights[bias + first + o];
            }
            for (int begin = 0; begin < inputs; begin += TILE) {
                localBarrier();
                for (int place = getLocalId(); place < TILE * TILE; place += GROUP) {
                    int o = first + place / TILE;
                    int i = begin + place % TILE;
                    float w = 0;
                    if (o < outputs && i < inputs) w = weights[weight + o * inputs + i];
                    tile[place] = w;
                }
                localBarrier();
                int count = inputs - begin;
                if (count > TILE) count = TILE;
                for (int i = 0; i < count; i++) {
                    float x = units[(from + begin + i) * items + item];
                    for (int o = 0; o < TILE; o++) sums[o] = sums[o] + tile[o * TILE + i] * x;
                }
            }
            for (int o = 0; o < TILE; o++) {
                if (first + o < outputs) units[(to + first + o) * items + item] = sums[o];
            }
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
