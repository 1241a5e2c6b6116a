package io.ponder.examples.bench;

import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.Kernels;
import java.util.List;
import java.util.Map;

/** The product of a dense layer: M samples of K inputs, N outputs, float32. */
final class GemmCase implements BenchCase {
    @Override
    public String name() {
        return "gemm";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(sizes(256, 200, 200), sizes(2048, 200, 200), sizes(8000, 200, 200), sizes(1024, 1024, 1024));
    }

    private static Map<String, Object> sizes(int m, int n, int k) {
        return Parameters.of("m", m, "n", n, "k", k);
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int m = Parameters.whole(parameters, "m");
        int n = Parameters.whole(parameters, "n");
        int k = Parameters.whole(parameters, "k");
        float[] weights = normals(1, n * k);
        float[] inputs = normals(2, k * m);
        float[] outputs = new float[n * m];
        double[] nanos = stopwatch.nanosPerCall(
                () -> Kernels.get().multiply(n, m, k, weights, 0, k, inputs, 0, m, outputs, 0, m, false));
        return Measurement.of("gigaflopsPerSecond", "GFLOP/s", nanos, t -> 2.0 * m * n * k / t);
    }

    private static float[] normals(long stream, int length) {
        float[] out = new float[length];
        int key = (int) stream;
        for (int i = 0; i < length; i++) out[i] = CounterRandom.normal(key, 0, i, 0);
        return out;
    }
}
