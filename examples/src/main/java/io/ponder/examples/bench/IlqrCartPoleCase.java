package io.ponder.examples.bench;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;
import java.util.Map;

/** One iteration of iLQR on the exact cart-pole swing-up from a tilted pole, the first rollouts included. */
final class IlqrCartPoleCase implements BenchCase {
    @Override
    public String name() {
        return "ilqr-cartpole";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("horizon", 50));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        var task = ExactTasks.find("cartpole-swingup");
        var problem = Problem.of(task.model(), task.actionLow(), task.actionHigh());
        var settings = IterativeLqrParameters.DEFAULT.withHorizon(Parameters.whole(parameters, "horizon")).withIterations(1);
        try (var planner = new IterativeLqr(problem, settings, Execution.rows(1))) {
            var request = new PlanRequest(problem.model(), 1).observe(problem.model(), new float[] {0.2f, (float) Math.sin(2), (float) Math.cos(2), 0, 0});
            Runnable work = () -> {
                planner.resetAll();
                planner.plan(request, Budget.UNLIMITED);
            };
            return Measurement.of("millisPerIteration", "ms", stopwatch.nanosPerCall(work), t -> t / 1e6);
        }
    }
}
