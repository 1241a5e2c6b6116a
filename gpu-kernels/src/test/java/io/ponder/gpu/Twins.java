package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.tensor.CounterRandom;
import org.jspecify.annotations.Nullable;

/** Rolls the same request out on the CPU and on the device. */
final class Twins {
    private Twins() {}

    /** Returns a request with random roots near a state and random actions. */
    static RolloutRequest request(
            WorldModel model, int rows, int candidates, int particles, int horizon, float[] low, float[] high, float[] root) {
        var request = new RolloutRequest(model.spec(), rows, candidates, particles, horizon);
        request.roots().resize(rows);
        for (int b = 0; b < rows; b++) {
            request.keys()[b] = CounterRandom.key(99, b);
            for (int d = 0; d < root.length; d++) {
                request.roots().values()[d * rows + b] = root[d] + 0.1f * (CounterRandom.uniform(1, 2, b, d) - 0.5f);
            }
        }
        int columns = rows * candidates;
        for (int i = 0; i < horizon * low.length; i++) {
            int a = i % low.length;
            for (int k = 0; k < columns; k++) {
                float u = low[a] + (high[a] - low[a]) * CounterRandom.uniform(5, 6, k, i);
                request.actions()[i * columns + k] = model.spec().actionCount() > 0 ? Math.round(u) : u;
            }
        }
        return request;
    }

    /** Checks that both give the same returns, to {@code tolerance} of their size and at least of 1. */
    static void assertEqual(WorldModel model, @Nullable ValueFunction value, RolloutRequest request, double tolerance) {
        new CpuRolloutExecutor(model).rollout(request);
        float[] expected = request.returns().clone();
        java.util.Arrays.fill(request.returns(), Float.NaN);
        try (var device = new OpenClRolloutExecutor(model, value)) {
            device.rollout(request);
        }
        assertClose(expected, request.returns(), request.rollouts(), tolerance);
    }

    static void assertClose(float[] expected, float[] found, int count, double tolerance) {
        double worst = 0;
        int at = 0;
        for (int k = 0; k < count; k++) {
            double difference = Math.abs((double) expected[k] - found[k]) / Math.max(1, Math.abs(expected[k]));
            if (Float.isNaN(expected[k]) && Float.isNaN(found[k])) difference = 0;
            if (!(difference <= worst)) {
                worst = difference;
                at = k;
            }
        }
        assertThat(worst).as("relative difference; worst column %d: %s on the CPU, %s on the device", at, expected[at], found[at])
                .isLessThanOrEqualTo(tolerance);
    }
}
