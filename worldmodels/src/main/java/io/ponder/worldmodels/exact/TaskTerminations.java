package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.AcrobotEquations;
import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.MountainCarEquations;

/** Ends of episodes of the classic tasks, from the observation after the step; each multiplies what is in {@code out} by 0 or 1. */
final class TaskTerminations {
    private TaskTerminations() {}

    static void cartPole(float[] next, int columns, float[] out) {
        for (int k = 0; k < columns; k++) out[k] *= CartPoleEquations.discount(next[k], next[2 * columns + k]);
    }

    static void acrobot(float[] next, int columns, float[] out) {
        for (int k = 0; k < columns; k++) {
            // cos(a + b) = cos a cos b - sin a sin b; the observation holds cosine and sine of both angles.
            float cosineSum = next[k] * next[2 * columns + k] - next[columns + k] * next[3 * columns + k];
            out[k] *= AcrobotEquations.discount(next[k], cosineSum);
        }
    }

    static void mountainCar(float[] next, int columns, float goal, float[] out) {
        for (int k = 0; k < columns; k++) out[k] *= MountainCarEquations.discount(next[k], next[columns + k], goal);
    }
}
