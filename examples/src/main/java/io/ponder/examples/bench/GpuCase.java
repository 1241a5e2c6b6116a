package io.ponder.examples.bench;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutExecutorProvider;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.ControlCost;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.SamplingPlanner;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One iteration of a planner on the processor and on the OpenCL device: the overhead of a launch, exact
 * models, an ensemble; and one batch of leaves of a tree search.
 */
final class GpuCase implements BenchCase {
    private static final int[] LEAVES = {1, 16, 64, 256, 1024, 4096};

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        List<Map<String, Object>> sets = new ArrayList<>();
        add(sets, "launch", 64, 1);
        for (int samples : new int[] {64, 256, 1024, 4096, 16384}) add(sets, "pendulum", samples, 30);
        for (int samples : new int[] {256, 1024, 2048, 16384}) add(sets, "costmap", samples, 100);
        for (int samples : new int[] {64, 512, 4096}) add(sets, "small-net", samples, 20);
        for (int samples : new int[] {100, 400}) add(sets, "pets", samples, 10);
        for (int samples : LEAVES) add(sets, LeafBatch.SMALL, samples, 1);
        for (int samples : LEAVES) add(sets, LeafBatch.WIDE, samples, 1);
        return sets;
    }

    private static void add(List<Map<String, Object>> sets, String work, int samples, int horizon) {
        sets.add(Parameters.of("work", work, "samples", samples, "horizon", horizon, "backend", "cpu"));
        String device = Backend.openCl().map(RolloutExecutorProvider::devices).filter(all -> !all.isEmpty()).map(all -> all.get(0)).orElse("");
        if (device.isEmpty()) return;
        sets.add(Parameters.of("work", work, "samples", samples, "horizon", horizon, "backend", "opencl", "device", device));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        int samples = Parameters.whole(parameters, "samples");
        int horizon = Parameters.whole(parameters, "horizon");
        Backend backend = Parameters.text(parameters, "backend").equals("opencl") ? Backend.OPENCL : Backend.CPU;
        return switch (Parameters.text(parameters, "work")) {
            case "costmap" -> mppi(Problem.of(MppiCostmapCase.model(), new float[] {-2, -2}, new float[] {2, 2}),
                    new float[] {1, 1, 0, 0}, samples, horizon, backend, stopwatch);
            case "small-net" -> cem(EnsembleParameters.small(), samples, horizon, backend, stopwatch);
            case LeafBatch.SMALL -> LeafBatch.measure(64, samples, backend, stopwatch);
            case LeafBatch.WIDE -> LeafBatch.measure(256, samples, backend, stopwatch);
            case "pets" -> cem(EnsembleParameters.pets(), samples, horizon, backend, stopwatch);
            default -> {
                ExactTask pendulum = ExactTasks.find("pendulum-v1");
                yield mppi(Problem.of(pendulum.model(), pendulum.actionLow(), pendulum.actionHigh()), new float[] {-0.99f, 0.14f, 0.5f},
                        samples, horizon, backend, stopwatch);
            }
        };
    }

    private static Measurement mppi(
            Problem problem, float[] observation, int samples, int horizon, Backend backend, Stopwatch stopwatch) {
        var sized = MppiParameters.DEFAULT.withHorizon(horizon).withCandidates(samples).withIterations(1).withTemperature(1)
                .withNoise(ActionNoise.ofHalfRange(0.5)).withControlCost(ControlCost.INFORMATION_THEORETIC);
        return time(problem, observation, e -> Mppi.planner(problem, sized, e), Execution.rows(1).on(backend), stopwatch);
    }

    private static Measurement cem(
            EnsembleParameters ensemble, int samples, int horizon, Backend backend, Stopwatch stopwatch) {
        ExactTask pendulum = ExactTasks.find("pendulum-v1");
        WorldModel model = LearnedChain.of(3, 1).ensemble(ensemble).reward(pendulum.reward()).seed(1).build().model();
        var problem = Problem.of(model, pendulum.actionLow(), pendulum.actionHigh());
        var sized = CemParameters.DEFAULT.withHorizon(horizon).withIterations(1).withCandidates(samples, Math.max(4, samples / 10));
        return time(problem, new float[] {-0.99f, 0.14f, 0.5f}, e -> Cem.planner(problem, sized, e),
                Execution.rows(1).withParticles(5).on(backend), stopwatch);
    }

    private interface Making {
        SamplingPlanner planner(Execution execution);
    }

    private static Measurement time(
            Problem problem, float[] observation, Making making, Execution execution, Stopwatch stopwatch) {
        try (var planner = making.planner(execution)) {
            var request = new PlanRequest(problem.model(), 1).observe(problem.model(), observation);
            var work = new Runnable() {
                private long decision;

                @Override
                public void run() {
                    planner.plan(request.keys(0, decision++), Budget.UNLIMITED);
                }
            };
            return Measurement.of("millisPerPlan", "ms", stopwatch.nanosPerCall(work), t -> t / 1e6);
        }
    }
}
