package io.ponder.examples.bench;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.ControlCost;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;

/** Times one iteration of MPPI at temperature 1 with the information-theoretic control cost, noise included. */
final class MppiCase {
    private MppiCase() {}

    static Measurement measure(
            WorldModel model, float[] observation, float[] low, float[] high, double deviation, int samples, int horizon,
            int threads, Stopwatch stopwatch) {
        var problem = Problem.of(model, low, high);
        double[] deviations = new double[low.length];
        Arrays.fill(deviations, deviation);
        var parameters = MppiParameters.DEFAULT
                .withHorizon(horizon)
                .withCandidates(samples)
                .withIterations(1)
                .withTemperature(1)
                .withNoise(ActionNoise.ofDeviation(deviations))
                .withControlCost(ControlCost.INFORMATION_THEORETIC);
        var pool = threads > 1 ? new ForkJoinPool(threads) : null;
        var execution = Execution.rows(1);
        if (pool != null) execution = execution.onThreads(problem, pool, threads);
        try (var planner = Mppi.planner(problem, parameters, execution)) {
            var request = new PlanRequest(model, 1).observe(model, observation);
            var work = new Runnable() {
                private long decision;

                @Override
                public void run() {
                    planner.plan(request.keys(0, decision++), Budget.UNLIMITED);
                }
            };
            return Measurement.of("millisPerPlan", "ms", stopwatch.nanosPerCall(work), t -> t / 1e6);
        } finally {
            if (pool != null) pool.shutdown();
        }
    }
}
