package io.ponder.examples.knownanswers;

import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.TopK;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.Population;
import io.ponder.planners.SamplingPlanner;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;

/**
 * T12: an iteration of MPPI on the processor and on an OpenCL device with the same counter-based noise finds the same best sequence and the
 * same weights, up to rounding.
 */
final class TwoSystemsAnswer implements KnownAnswer {
    private static final String NAME = "T12 MPPI on the processor and on OpenCL";
    private static final MppiParameters PARAMETERS = MppiParameters.DEFAULT.withHorizon(15).withIterations(1).withCandidates(300)
            .withEffectiveShare(0.05).withNoise(ActionNoise.ofHalfRange(0.7));

    private final ExactTask task = ExactTasks.find("pendulum-v1");
    private final Problem problem = Problem.of(task.model(), task.actionLow(), task.actionHigh());

    @Override
    public String name() {
        return "two-systems";
    }

    /** A device compiles its kernels first. */
    @Override
    public boolean slow() {
        return true;
    }

    /** The index of the best sequence and the weights of all. */
    private record Found(int best, float[] weights) {}

    @Override
    public void measure(AnswerTable table) {
        List<String> reasons = Backend.reasonsAgainstOpenCl(problem);
        if (!reasons.isEmpty()) {
            table.notRun(NAME, String.join(" ", reasons));
            return;
        }
        Found processor = find(Backend.CPU);
        Found device = find(Backend.OPENCL);
        double largest = 0;
        for (int k = 0; k < PARAMETERS.candidates(); k++) largest = Math.max(largest, Math.abs(processor.weights[k] - (double) device.weights[k]));
        table.row(NAME + ": best index", processor.best, device.best, 0);
        table.atMost(NAME + ": weights", 0, largest, 1e-5);
    }

    private Found find(Backend backend) {
        var mppi = new Mppi(PARAMETERS, problem, 1);
        try (var planner = new SamplingPlanner(problem, mppi, Execution.rows(1).on(backend))) {
            planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[] {-0.99f, 0.14f, 0.5f}).keys(11, 0),
                    Budget.UNLIMITED);
            Population population = planner.population();
            var best = new int[1];
            TopK.smallest(population.size(), population.costs(), population.costAt(0), 1, 1, best, 0);
            return new Found(best[0], mppi.weights().clone());
        }
    }
}
