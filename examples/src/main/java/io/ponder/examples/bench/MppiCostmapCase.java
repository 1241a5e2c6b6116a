package io.ponder.examples.bench;

import io.ponder.worldmodels.exact.ExactModel;
import java.util.List;
import java.util.Map;

/** One iteration of MPPI for a point mass on a map of costs. */
final class MppiCostmapCase implements BenchCase {
    @Override
    public String name() {
        return "mppi-costmap";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("samples", 2048, "horizon", 100));
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        return MppiCase.measure(new ExactModel(new CostmapPointMass()), new float[] {1, 1, 0, 0},
                new float[] {-2, -2}, new float[] {2, 2}, 1,
                Parameters.whole(parameters, "samples"), Parameters.whole(parameters, "horizon"), threads, stopwatch);
    }
}
