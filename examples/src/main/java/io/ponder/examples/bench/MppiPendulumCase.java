package io.ponder.examples.bench;

import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;
import java.util.Map;

/** One iteration of MPPI on the exact Pendulum-v1. */
final class MppiPendulumCase implements BenchCase {
    @Override
    public String name() {
        return "mppi-pendulum";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("samples", 1000, "horizon", 15));
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        var pendulum = ExactTasks.find("pendulum-v1");
        float[] observation = {(float) Math.cos(3), (float) Math.sin(3), 0.5f};
        return MppiCase.measure(pendulum.model(), observation, pendulum.actionLow(), pendulum.actionHigh(), Math.sqrt(10),
                Parameters.whole(parameters, "samples"), Parameters.whole(parameters, "horizon"), threads, stopwatch);
    }
}
