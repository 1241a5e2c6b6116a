package io.ponder.planners;

/** The double integrator of {@link TestModels} in double precision, for comparison. */
final class Integrators {
    private Integrators() {}

    /** Returns the return of a plan, terminal value included. */
    static double planReturn(float[] start, float[] actions) {
        double x = start[0];
        double v = start[1];
        double cost = 0;
        for (float u : actions) {
            cost += x * x + 0.1 * v * v + 0.01 * u * u;
            double next = x + 0.1 * v + 0.005 * u;
            v += 0.1 * u;
            x = next;
        }
        return -(cost + x * x + 0.1 * v * v);
    }
}
