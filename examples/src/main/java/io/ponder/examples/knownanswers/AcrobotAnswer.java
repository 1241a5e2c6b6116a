package io.ponder.examples.knownanswers;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.Execution;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;

/**
 * T5: the acrobot of the tests of trajax (Frostig, Sindhwani, Singh and Tu), with a free torque and Euler steps of 0.1 over 50 steps: half
 * of 0.1 |x - goal|^2 + 0.01 u^2 a step and of 1000 |x - goal|^2 at the end. Known: the cost of doing nothing and the best of nine local
 * optima.
 */
final class AcrobotAnswer implements KnownAnswer {
    private static final int HORIZON = 50;
    private static final double TIME_STEP = 0.1;
    private static final double GRAVITY = 9.8;
    private static final double TERMINAL = 1000;
    private static final double STAGE = 0.1;
    private static final double ACTION = 0.01;
    private static final float FREE = 1000;

    @Override
    public String name() {
        return "acrobot";
    }

    @Override
    public void measure(AnswerTable table) {
        table.row("T5 acrobot: cost of doing nothing", 4959.476212, cost(new float[HORIZON]), 5e-7);
        var model = LambdaModel.of(4, 1, AcrobotAnswer::step);
        var problem = Problem.of(model, new float[] {-FREE}, new float[] {FREE}).withTerminalValue(new Goal());
        var parameters = IterativeLqrParameters.DEFAULT.withHorizon(HORIZON).withIterations(300);
        try (var planner = new IterativeLqr(problem, parameters, Execution.rows(1))) {
            float[] plan = planner.plan(new PlanRequest(model, 1).observe(model, new float[4]), Budget.UNLIMITED).sequence();
            table.atMost("T5 acrobot: cost by iLQR from doing nothing, within 15 %", 44.513285, cost(plan), 0.15 * 44.513285);
        }
    }

    private static double step(float[] state, float[] action, float[] next) {
        var x = new double[] {state[0], state[1], state[2], state[3]};
        double cost = stageCost(x, action[0]);
        advance(x, action[0]);
        for (int d = 0; d < 4; d++) next[d] = (float) x[d];
        return -cost;
    }

    private static double stageCost(double[] x, double torque) {
        return 0.5 * STAGE * squares(x[0], x[1], x[2], x[3]) + 0.5 * ACTION * torque * torque;
    }

    /** Returns the squared distance from standing upright. */
    private static double squares(double first, double second, double firstSpeed, double secondSpeed) {
        double off = first - Math.PI;
        return off * off + second * second + firstSpeed * firstSpeed + secondSpeed * secondSpeed;
    }

    /** Steps the equations of Sutton and Barto's book: links of length 1 and mass 1, centres of mass at 0.5, moments of inertia 1. */
    private static void advance(double[] x, double torque) {
        double sine = Math.sin(x[1]);
        double cosine = Math.cos(x[1]);
        double d1 = 0.25 + (1 + 0.25 + cosine) + 2;
        double d2 = 0.25 + 0.5 * cosine + 1;
        double phi2 = 0.5 * GRAVITY * Math.cos(x[0] + x[1] - Math.PI / 2);
        double phi1 = -0.5 * x[3] * x[3] * sine - x[3] * x[2] * sine + 1.5 * GRAVITY * Math.cos(x[0] - Math.PI / 2) + phi2;
        double second = (torque + d2 / d1 * phi1 - 0.5 * x[2] * x[2] * sine - phi2) / (0.25 + 1 - d2 * d2 / d1);
        double first = -(d2 * second + phi1) / d1;
        x[0] += TIME_STEP * x[2];
        x[1] += TIME_STEP * x[3];
        x[2] += TIME_STEP * first;
        x[3] += TIME_STEP * second;
    }

    /** Returns the cost of a plan from hanging at rest, in double precision. */
    private static double cost(float[] plan) {
        var x = new double[4];
        double cost = 0;
        for (float torque : plan) {
            cost += stageCost(x, torque);
            advance(x, torque);
        }
        return cost + 0.5 * TERMINAL * squares(x[0], x[1], x[2], x[3]);
    }

    private static final class Goal implements ValueFunction {
        @Override
        public void value(ModelState state, float[] out) {
            int k = state.columns();
            float[] x = state.values();
            for (int i = 0; i < k; i++) {
                out[i] = (float) (-0.5 * TERMINAL * squares(x[i], x[k + i], x[2 * k + i], x[3 * k + i]));
            }
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void gradient(ModelState state, float[] out) {
            int k = state.columns();
            float[] x = state.values();
            for (int i = 0; i < 4 * k; i++) out[i] = (float) (-TERMINAL * (x[i] - (i < k ? Math.PI : 0)));
        }
    }
}
