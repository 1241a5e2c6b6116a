package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.classic.CostmapBatch;
import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.worldmodels.exact.ExactModel;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@NeedsOpenCl
class ExactTaskTest {
    private static final int[] CANDIDATES = {1, 3, 63, 64, 65, 997};
    private static final int[] HORIZONS = {1, 2, 30};

    /** Of a step's size: rounding differs from step to step, and the tasks are not chaotic within 30 steps of 0.05 s. */
    private static final double TOLERANCE_PER_STEP = 1e-5;

    /** The double pendulum multiplies differences; a rollout of T steps may differ by this factor a step more. */
    private static final double CHAOS = 20;

    @TestFactory
    Stream<DynamicTest> returnsEqualThoseOfTheCpu() {
        return ExactTasks.names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            ExactTask task = ExactTasks.find(name);
            double factor = name.startsWith("acrobot") ? CHAOS : 1;
            check(task.model(), task.actionLow(), task.actionHigh(), new float[task.model().spec().stateSize()], factor);
        }));
    }

    @Test
    void aPointMassOnAMapOfCosts() {
        float[] map = new float[100 * 100];
        for (int i = 0; i < map.length; i++) map[i] = CounterRandom.uniform(7, 0, i, 0);
        // Without the map's jumps, where a place that differs in its last bit may lie in the next cell.
        check(new ExactModel(new CostmapBatch(map, 10, 0, 0.05, 8)), new float[] {-2, -2}, new float[] {2, 2}, new float[4], 1);
        float[] smooth = new float[100 * 100];
        for (int i = 0; i < smooth.length; i++) smooth[i] = 1e-4f * (i % 100 + i / 100);
        check(new ExactModel(new CostmapBatch(smooth, 10, 10, 0.05, 8)), new float[] {-2, -2}, new float[] {2, 2}, new float[] {1, 1, 0, 0}, 1);
    }

    @Test
    void aLinearSystemOfThreeStatesAndTwoActions() {
        var system = new LinearQuadratic(
                new double[][] {{1, 0.1, 0}, {0, 0.9, 0.1}, {-0.1, 0, 0.8}},
                new double[][] {{0, 0.1}, {0.1, 0}, {0.05, 0.05}},
                new double[][] {{1, 0, 0.1}, {0, 0.5, 0}, {0.1, 0, 2}},
                new double[][] {{0.1, 0.02}, {0.02, 0.2}},
                0.7);
        ExactTask task = ExactTasks.linearQuadratic("three", system);
        check(task.model(), new float[] {-1, -1}, new float[] {1, 1}, new float[] {1, -1, 0.5f}, 1);
    }

    private static void check(WorldModel model, float[] low, float[] high, float[] root, double factor) {
        try (var device = new OpenClRolloutExecutor(model, null)) {
            var cpu = new CpuRolloutExecutor(model);
            for (int horizon : HORIZONS) {
                for (int candidates : CANDIDATES) {
                    RolloutRequest request = Twins.request(model, candidates == 65 ? 3 : 1, candidates, 1, horizon, low, high, root);
                    cpu.rollout(request);
                    float[] expected = request.returns().clone();
                    java.util.Arrays.fill(request.returns(), Float.NaN);
                    device.rollout(request);
                    Twins.assertClose(expected, request.returns(), request.rollouts(), TOLERANCE_PER_STEP * factor * Math.sqrt(horizon));
                }
            }
        }
    }

    @Test
    void aRolloutWithNaNStaysNaN() {
        ExactTask task = ExactTasks.find("pendulum-v1");
        RolloutRequest request =
                Twins.request(task.model(), 1, 70, 1, 5, task.actionLow(), task.actionHigh(), new float[] {3, 0});
        request.actions()[2 * 70 + 13] = Float.NaN;
        try (var device = new OpenClRolloutExecutor(task.model(), null)) {
            device.rollout(request);
        }
        List<Integer> broken = new ArrayList<>();
        for (int k = 0; k < 70; k++) if (!Float.isFinite(request.returns()[k])) broken.add(k);
        assertThat(broken).containsExactly(13);
    }
}
