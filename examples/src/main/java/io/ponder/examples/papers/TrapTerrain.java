package io.ponder.examples.papers;

/**
 * A point in the plane that is pushed ({@code v' = 0.8 v + 0.25 tanh(u)}, {@code x' = x + v'}) over a terrain with a small
 * hollow at (1, 0) before a deep one at (3, 0). The sparse twin costs 1 everywhere but within 0.5 of (3, 0): it has no slope at
 * all. State: place, then speed.
 */
final class TrapTerrain extends PlanningTask {
    private final boolean sparse;

    TrapTerrain(boolean sparse) {
        super(4, 2);
        this.sparse = sparse;
    }

    private static double hollow(double x, double y, double at, double width) {
        return Math.exp(-((x - at) * (x - at) + y * y) / width);
    }

    @Override
    double step(float[] state, float[] action, int columns, int k, float[] next) {
        for (int d = 0; d < 2; d++) {
            float speed = 0.8f * state[(2 + d) * columns + k] + 0.25f * (float) Math.tanh(action[d * columns + k]);
            next[(2 + d) * columns + k] = speed;
            next[d * columns + k] = state[d * columns + k] + speed;
        }
        double x = next[k];
        double y = next[columns + k];
        if (sparse) return (x - 3) * (x - 3) + y * y <= 0.25 ? 0 : 1;
        return 1 - 0.6 * hollow(x, y, 1, 0.3) - hollow(x, y, 3, 0.6);
    }

    @Override
    void backward(
            float[] state, float[] action, int columns, int k, float[] next, double cost, float[] stateOut, float[] actionOut) {
        double[] place = new double[2];
        double[] pushed = new double[2];
        for (int d = 0; d < 2; d++) {
            pushed[d] = Math.tanh(action[d * columns + k]);
            place[d] = state[d * columns + k] + 0.8 * state[(2 + d) * columns + k] + 0.25 * pushed[d];
        }
        double small = sparse ? 0 : 0.6 * hollow(place[0], place[1], 1, 0.3) * 2 / 0.3;
        double deep = sparse ? 0 : hollow(place[0], place[1], 3, 0.6) * 2 / 0.6;
        for (int d = 0; d < 2; d++) {
            double slope = small * (place[d] - (d == 0 ? 1 : 0)) + deep * (place[d] - (d == 0 ? 3 : 0));
            double toPlace = next[d * columns + k] + cost * slope;
            double toSpeed = next[(2 + d) * columns + k] + toPlace;
            stateOut[d * columns + k] = (float) toPlace;
            stateOut[(2 + d) * columns + k] = (float) (0.8 * toSpeed);
            actionOut[d * columns + k] = (float) (0.25 * (1 - pushed[d] * pushed[d]) * toSpeed);
        }
    }
}
