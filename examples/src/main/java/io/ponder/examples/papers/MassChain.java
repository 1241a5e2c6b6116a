package io.ponder.examples.papers;

import io.ponder.engine.tensor.CounterRandom;

/**
 * A chain of masses, each pulled by its neighbours and by gravity and pushed by an action of its own: {@code x'' = 2 tanh(u) -
 * 0.3 v - 0.5 sin x + 0.8 (differences to the neighbours)}, in steps of 0.1, semi-implicit. The cost of a step is the mean of
 * {@code (x - target)^2 + 0.05 v^2 + 0.01 u^2}. Smooth, with hardly more than one valley, and as wide as wanted. State:
 * positions, then speeds.
 */
final class MassChain extends PlanningTask {
    private static final float TIME_STEP = 0.1f;

    private final int masses;
    private final float[] target;

    /** Draws the targets of some masses, standard normals. */
    MassChain(int masses, long seed) {
        super(2 * masses, masses);
        this.masses = masses;
        target = new float[masses];
        for (int i = 0; i < masses; i++) target[i] = CounterRandom.normal((int) seed, (int) (seed >>> 32), 0, i);
    }

    /** Returns where the masses begin, standard normals, at rest. */
    float[] start(long seed) {
        float[] state = new float[2 * masses];
        for (int i = 0; i < masses; i++) state[i] = CounterRandom.normal((int) seed, (int) (seed >>> 32), 1, i);
        return state;
    }

    @Override
    double step(float[] state, float[] action, int columns, int k, float[] next) {
        double cost = 0;
        for (int i = 0; i < masses; i++) {
            float x = state[i * columns + k];
            float v = state[(masses + i) * columns + k];
            float u = action[i * columns + k];
            float pull = (i > 0 ? state[(i - 1) * columns + k] - x : 0) + (i < masses - 1 ? state[(i + 1) * columns + k] - x : 0);
            double force = 2 * Math.tanh(u) - 0.3 * v - 0.5 * Math.sin(x) + 0.8 * pull;
            float speed = v + TIME_STEP * (float) force;
            float place = x + TIME_STEP * speed;
            next[i * columns + k] = place;
            next[(masses + i) * columns + k] = speed;
            double miss = place - target[i];
            cost += miss * miss + 0.05 * speed * speed + 0.01 * u * u;
        }
        return cost / masses;
    }

    @Override
    void backward(
            float[] state, float[] action, int columns, int k, float[] next, double cost, float[] stateOut, float[] actionOut) {
        double each = cost / masses;
        // First the cotangents of the forces, kept where those of the speeds will be.
        for (int i = 0; i < masses; i++) {
            float x = state[i * columns + k];
            float v = state[(masses + i) * columns + k];
            float u = action[i * columns + k];
            float pull = (i > 0 ? state[(i - 1) * columns + k] - x : 0) + (i < masses - 1 ? state[(i + 1) * columns + k] - x : 0);
            double pushed = Math.tanh(u);
            float speed = v + TIME_STEP * (float) (2 * pushed - 0.3 * v - 0.5 * Math.sin(x) + 0.8 * pull);
            float place = x + TIME_STEP * speed;
            double toPlace = next[i * columns + k] + each * 2 * (place - target[i]);
            double toSpeed = next[(masses + i) * columns + k] + each * 0.1 * speed + TIME_STEP * toPlace;
            double toForce = TIME_STEP * toSpeed;
            actionOut[i * columns + k] = (float) (2 * (1 - pushed * pushed) * toForce + each * 0.02 * u);
            stateOut[i * columns + k] = (float) (toPlace - 0.5 * Math.cos(x) * toForce);
            stateOut[(masses + i) * columns + k] = (float) toForce;
        }
        for (int i = 0; i < masses - 1; i++) {
            float across = 0.8f * (stateOut[(masses + i) * columns + k] - stateOut[(masses + i + 1) * columns + k]);
            stateOut[(i + 1) * columns + k] += across;
            stateOut[i * columns + k] -= across;
        }
        // The speed enters itself and, damped, the force.
        for (int i = 0; i < masses; i++) {
            float toForce = stateOut[(masses + i) * columns + k];
            stateOut[(masses + i) * columns + k] = toForce / TIME_STEP - 0.3f * toForce;
        }
    }
}
