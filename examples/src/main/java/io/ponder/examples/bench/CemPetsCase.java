package io.ponder.examples.bench;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** One decision of PETS: CEM with 5 iterations, 20 particles by TS-infinity through 5 members of 4 x 200 SiLU, known reward. */
final class CemPetsCase implements BenchCase {
    @Override
    public String name() {
        return "cem-pets";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("samples", 500, "horizon", 15));
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        var task = ExactTasks.find("cartpole-continuous");
        var chain = LearnedChain.of(4, 1)
                .ensemble(EnsembleParameters.pets().withSize(4, 200))
                .propagation(ParticlePropagation.TS_INFINITY, true)
                .reward(task.reward())
                .build();
        var problem = Problem.of(chain.model(), task.actionLow(), task.actionHigh());
        var cem = CemParameters.DEFAULT
                .withHorizon(Parameters.whole(parameters, "horizon"))
                .withCandidates(Parameters.whole(parameters, "samples"), 50)
                .withIterations(5);
        var pool = threads > 1 ? new ForkJoinPool(threads) : null;
        var execution = Execution.rows(1).withParticles(20);
        if (pool != null) execution = execution.onThreads(problem, pool, threads);
        try (var planner = Cem.planner(problem, cem, execution)) {
            var request = new PlanRequest(problem.model(), 1).observe(problem.model(), new float[4]);
            double[] nanos = stopwatch.nanosPerCall(() -> planner.plan(request, Budget.UNLIMITED));
            return Measurement.of("millisPerPlan", "ms", nanos, t -> t / 1e6);
        } finally {
            if (pool != null) pool.shutdown();
        }
    }
}
