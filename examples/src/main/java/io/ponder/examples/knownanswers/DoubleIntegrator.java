package io.ponder.examples.knownanswers;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;

/** The unit mass on a line from rest at 1: dt = 0.1, cost sum of x'diag(1, 0.1)x + 0.01 u^2, the same Q at the end. */
final class DoubleIntegrator {
    /** Position and speed at the start. */
    static final float[] START = {1, 0};

    /** What the state at the start costs, which the rewards of the exact model leave out: it counts the state after each step. */
    static final double START_COST = 1;

    private DoubleIntegrator() {}

    /** Returns the system; the actions lie within {@code bound}. */
    static LinearQuadratic system(double bound) {
        return LinearQuadratic.doubleIntegrator(bound);
    }

    /** Returns the exact model with its bounds, +-1000 where there are none. */
    static ExactTask task(double bound) {
        return ExactTasks.linearQuadratic("double-integrator", system(bound));
    }

    /** Returns the cost of a plan in double precision. */
    static double cost(double[] plan) {
        double x = START[0];
        double v = START[1];
        double cost = 0;
        for (double u : plan) {
            cost += x * x + 0.1 * v * v + 0.01 * u * u;
            double next = x + 0.1 * v + 0.005 * u;
            v += 0.1 * u;
            x = next;
        }
        return cost + x * x + 0.1 * v * v;
    }

    /** Returns the cost of a plan in double precision. */
    static double cost(float[] plan) {
        var exact = new double[plan.length];
        for (int t = 0; t < plan.length; t++) exact[t] = plan[t];
        return cost(exact);
    }
}
