package io.ponder.planners;

import io.ponder.engine.tensor.Kernels;

/** Computes the standard normals from the key: number i of candidate k is draw i of sample k. */
final class CounterNoise implements NoiseSource {
    static final CounterNoise INSTANCE = new CounterNoise();

    private final Kernels kernels = Kernels.get();

    private CounterNoise() {}

    @Override
    public void fill(long key, int iteration, int row, int first, int count, int length, float[] out, int offset, int stride) {
        kernels.fillNormal((int) key, (int) (key >>> 32), first, 0, length, count, out, offset, stride);
    }
}
