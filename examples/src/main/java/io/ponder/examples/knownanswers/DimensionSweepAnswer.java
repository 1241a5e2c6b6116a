package io.ponder.examples.knownanswers;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.Kernels;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.GradientMethod;
import io.ponder.planners.GradientParameters;
import io.ponder.planners.GradientShooting;
import io.ponder.planners.hybrid.RefinedPlanner;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import java.util.Arrays;

/**
 * T10: what sampling and gradients reach on a chain of masses as plans grow. The gap of a plan is (J - J*) / (J0 - J*), with J0 the cost of
 * doing nothing and J* the best of all planners here and of 600 steps of Adam from 4 starts. Known is a shape: CEM gets worse with the number
 * of entries, gradients do not, and CEM refined by gradients is as good as the better of the two everywhere.
 */
final class DimensionSweepAnswer implements KnownAnswer {
    private static final int[] SMALL = {1, 4};
    private static final int[] LARGE = {16, 48};

    /** Gaps below a thousandth are the rounding of the reference. */
    private static final double ROUNDING = 1e-3;

    private final boolean large;

    DimensionSweepAnswer(boolean large) {
        this.large = large;
    }

    @Override
    public String name() {
        return large ? "dimension-sweep-large" : "dimension-sweep";
    }

    @Override
    public boolean slow() {
        return large;
    }

    @Override
    public void measure(AnswerTable table) {
        int seeds = large ? 5 : 2;
        for (int masses : large ? LARGE : SMALL) {
            double[] gaps = gaps(masses, seeds);
            String name = "T10 " + masses * MassChain.HORIZON + " entries: ";
            if (masses == 16) {
                table.atMost(name + "gradients (5 starts x 40)", 0.03, gaps[1], 0);
                table.atLeast(name + "CEM (300 x 10), 3 times that", 3 * gaps[1], gaps[0], 0);
            }
            double better = Math.min(gaps[0], gaps[1]);
            table.atMost(name + "CEM (gap " + rounded(gaps[0]) + ") and gradients", better, gaps[2], ROUNDING);
            table.atMost(name + "CEM and iLQR", better, gaps[3], ROUNDING);
        }
    }

    private static double rounded(double gap) {
        return Math.round(gap * 1e4) / 1e4;
    }

    /** Returns the mean gaps of CEM, gradients, CEM refined by gradients and CEM polished by iLQR. */
    private static double[] gaps(int masses, int seeds) {
        var low = new float[masses];
        var high = new float[masses];
        Arrays.fill(low, -MassChain.LARGEST_ACTION);
        Arrays.fill(high, MassChain.LARGEST_ACTION);
        var problem = Problem.of(new MassChain(masses), low, high);
        var gaps = new double[4];
        for (int seed = 0; seed < seeds; seed++) {
            var request = new PlanRequest(problem.model(), 1).observe(problem.model(), start(masses, seed)).keys(seed, 0);
            Execution one = Execution.rows(1);
            CemParameters cem = CemParameters.DEFAULT.withHorizon(MassChain.HORIZON).withIterations(10).withCandidates(300, 30)
                    .withDeviation(0.5, 0.005);
            CemParameters fewer = cem.withIterations(5).withCandidates(100, 10);
            GradientParameters gradient = GradientParameters.DEFAULT.withHorizon(MassChain.HORIZON).withStarts(5).withIterations(40);
            var ilqr = IterativeLqrParameters.DEFAULT.withHorizon(MassChain.HORIZON).withIterations(10);
            double[] cost = {
                cost(Cem.planner(problem, cem, one), request),
                cost(GradientShooting.planner(problem, gradient, one), request),
                cost(RefinedPlanner.gradient(problem, Cem.planner(problem, fewer, one), gradient.withMethod(GradientMethod.LBFGS), one), request),
                cost(RefinedPlanner.polished(problem, Cem.planner(problem, fewer, one), ilqr, one), request)
            };
            double best = cost(GradientShooting.planner(problem, gradient.withStarts(4).withIterations(600).withLearningRate(0.03), one), request);
            for (double each : cost) best = Math.min(best, each);
            double nothing = nothing(problem, request);
            for (int i = 0; i < gaps.length; i++) gaps[i] += (cost[i] - best) / (nothing - best) / seeds;
        }
        return gaps;
    }

    private static float[] start(int masses, int seed) {
        var start = new float[2 * masses];
        Kernels.get().fillNormal(seed, 7, 0, 0, masses, 1, start, 0, 1);
        for (int d = 0; d < masses; d++) start[d] *= 0.5f;
        return start;
    }

    private static double cost(Planner planner, PlanRequest request) {
        try (planner) {
            Plan plan = planner.plan(request, Budget.UNLIMITED);
            return -plan.predictedReturn()[0];
        }
    }

    private static double nothing(Problem problem, PlanRequest request) {
        // One gradient step of one start evaluates the plan that rests, and answers with what it has seen.
        var once = GradientParameters.DEFAULT.withHorizon(MassChain.HORIZON).withStarts(1).withIterations(1);
        return cost(GradientShooting.planner(problem, once, Execution.rows(1)), request);
    }
}
