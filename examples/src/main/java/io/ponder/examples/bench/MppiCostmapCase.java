package io.ponder.examples.bench;

import io.ponder.engine.classic.CostmapBatch;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
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

    /** Returns the model: a random map of 100 x 100 costs, ten cells a unit, the goal at (8, 8). */
    static WorldModel model() {
        float[] map = new float[100 * 100];
        for (int i = 0; i < map.length; i++) map[i] = CounterRandom.uniform(7, 0, i, 0);
        return new ExactModel(new CostmapBatch(map, 10, 10, 0.05, 8));
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        return MppiCase.measure(model(), new float[] {1, 1, 0, 0},
                new float[] {-2, -2}, new float[] {2, 2}, 1,
                Parameters.whole(parameters, "samples"), Parameters.whole(parameters, "horizon"), threads, stopwatch);
    }
}
