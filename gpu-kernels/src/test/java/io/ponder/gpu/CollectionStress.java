package io.ponder.gpu;

import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plans while another thread keeps the collector busy; exits with 1 where a plan differs from the same plan of a quiet start. */
final class CollectionStress {
    private static final int DISTINCT = 10;

    private CollectionStress() {}

    public static void main(String[] arguments) {
        int plans = Integer.parseInt(arguments[0]);
        ExactTask task = ExactTasks.find("pendulum-v1");
        var chain = LearnedChain.of(3, 1).ensemble(EnsembleParameters.small().withSize(1, 16)).reward(task.reward()).build();
        var problem = Problem.of(chain.model(), task.actionLow(), task.actionHigh());
        var parameters = CemParameters.DEFAULT.withHorizon(5).withIterations(1).withCandidates(64, 8);
        int wrong = 0;
        try (var planner = Cem.planner(problem, parameters, Execution.rows(1).on(Backend.OPENCL))) {
            var request = new PlanRequest(chain.model(), 1).observe(chain.model(), new float[] {1, 0, 0});
            List<float[]> expected = new ArrayList<>();
            for (int i = 0; i < DISTINCT; i++) expected.add(plan(planner, request, i));
            var garbage = new Thread(CollectionStress::litter, "litter");
            garbage.setDaemon(true);
            garbage.start();
            for (int i = 0; i < plans; i++) {
                if (!Arrays.equals(plan(planner, request, i % DISTINCT), expected.get(i % DISTINCT))) wrong++;
            }
        }
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static float[] plan(io.ponder.planners.SamplingPlanner planner, PlanRequest request, int number) {
        planner.resetAll();
        return planner.plan(request.keys(3, number), Budget.UNLIMITED).sequence().clone();
    }

    private static void litter() {
        byte[][] kept = new byte[400][];
        for (int i = 0; ; i++) kept[i % kept.length] = new byte[50_000 + i % 77 * 1000];
    }
}
