package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.SwingUpEquations;
import java.util.Arrays;

/**
 * Derivatives of the cart-pole swing-up: back through the reward at the state that was reached, then through the Euler steps. Work space
 * keeps the states between them. The derivative by an action beyond its limits is 0, by one exactly at a limit it is not.
 */
final class SwingUpGradient implements TaskGradient {
    private static final int STEPS = SwingUpEquations.STEPS_PER_ACTION;

    // The constants of CartPoleEquations: F = 10 a, m = 0.1, M = 1.1, l = 0.5, g = 9.8, dt = 0.02.
    private static final float TIME_STEP = (float) CartPoleEquations.TIME_STEP;
    private static final float MAX_FORCE = (float) CartPoleEquations.MAX_FORCE;
    private static final float GRAVITY = 9.8f;
    private static final float POLE_MASS_LENGTH = 0.05f;
    private static final float INVERSE_MASS = (float) (1 / 1.1);
    private static final float COSINE_SQUARE_FACTOR = (float) (0.5 * 0.1 / 1.1);

    // The reward exp(-|tip - (0, 0.6)|^2 / 0.36) - 0.01 a^2.
    private static final float POLE_LENGTH = 0.6f;
    private static final float INVERSE_SQUARE = (float) (1 / 0.36);
    private static final float ACTION_COST = 0.01f;

    @Override
    public int scratchRows() {
        return 4 * (STEPS + 1) + 5;
    }

    @Override
    public void backward(
            float[] state,
            float[] action,
            int columns,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent,
            float[][] scratch) {
        float[] force = scratch[4 * (STEPS + 1)];
        for (int k = 0; k < columns; k++) force[k] = CartPoleEquations.continuousForce(action[k]);
        for (int d = 0; d < 4; d++) System.arraycopy(state, d * columns, scratch[d], 0, columns);
        for (int i = 0; i < STEPS; i++) forward(scratch, 4 * i, force, columns);
        int first = 4 * (STEPS + 1) + 1;
        for (int d = 0; d < 4; d++) System.arraycopy(nextCotangent, d * columns, scratch[first + d], 0, columns);
        fromReward(scratch, 4 * STEPS, first, rewardCotangent, columns);
        Arrays.fill(actionCotangent, 0, columns, 0);
        for (int i = STEPS - 1; i >= 0; i--) euler(scratch, 4 * i, first, force, actionCotangent, columns);
        for (int d = 0; d < 4; d++) System.arraycopy(scratch[first + d], 0, stateCotangent, d * columns, columns);
        for (int k = 0; k < columns; k++) {
            float toAction = MAX_FORCE * actionCotangent[k] - 2 * ACTION_COST * action[k] * rewardCotangent[k];
            actionCotangent[k] = Math.abs(action[k]) <= 1 ? toAction : 0;
        }
    }

    /** Steps the four rows that begin at {@code row} into the four that follow. */
    private static void forward(float[][] rows, int row, float[] force, int columns) {
        float[] x = rows[row];
        float[] speed = rows[row + 1];
        float[] angle = rows[row + 2];
        float[] poleSpeed = rows[row + 3];
        for (int k = 0; k < columns; k++) {
            float sine = FloatMath.sine(angle[k]);
            float cosine = FloatMath.cosine(angle[k]);
            float push = CartPoleEquations.push(sine, poleSpeed[k], force[k]);
            float poleAcceleration = CartPoleEquations.poleAcceleration(sine, cosine, push);
            rows[row + 4][k] = x[k] + TIME_STEP * speed[k];
            rows[row + 5][k] = speed[k] + TIME_STEP * CartPoleEquations.cartAcceleration(cosine, push, poleAcceleration);
            rows[row + 6][k] = angle[k] + TIME_STEP * poleSpeed[k];
            rows[row + 7][k] = poleSpeed[k] + TIME_STEP * poleAcceleration;
        }
    }

    private static void fromReward(float[][] rows, int last, int cotangent, float[] rewardCotangent, int columns) {
        for (int k = 0; k < columns; k++) {
            float sine = FloatMath.sine(rows[last + 2][k]);
            float cosine = FloatMath.cosine(rows[last + 2][k]);
            float across = rows[last][k] + POLE_LENGTH * sine;
            float below = POLE_LENGTH * cosine - POLE_LENGTH;
            float near = FloatMath.decay(-(across * across + below * below) * INVERSE_SQUARE);
            float toDistance = -2 * INVERSE_SQUARE * near * rewardCotangent[k];
            rows[cotangent][k] += toDistance * across;
            rows[cotangent + 2][k] += toDistance * POLE_LENGTH * (across * cosine - below * sine);
        }
    }

    /** Takes the cotangents back through one Euler step from the state at {@code row}; adds that of the force. */
    private static void euler(float[][] rows, int row, int cotangent, float[] force, float[] forceCotangent, int columns) {
        for (int k = 0; k < columns; k++) {
            float poleSpeed = rows[row + 3][k];
            float sine = FloatMath.sine(rows[row + 2][k]);
            float cosine = FloatMath.cosine(rows[row + 2][k]);
            float push = CartPoleEquations.push(sine, poleSpeed, force[k]);
            float poleAcceleration = CartPoleEquations.poleAcceleration(sine, cosine, push);
            float denominator = 2 / 3f - COSINE_SQUARE_FACTOR * cosine * cosine;
            float toX = rows[cotangent][k];
            float toAngle = rows[cotangent + 2][k];
            float toCart = TIME_STEP * rows[cotangent + 1][k];
            float coupling = POLE_MASS_LENGTH * INVERSE_MASS;
            // poleAcceleration = (g sin - cos push) / denominator; cartAcceleration = push - coupling poleAcceleration cos.
            float toPole = TIME_STEP * rows[cotangent + 3][k] - coupling * cosine * toCart;
            float toNumerator = toPole / denominator;
            float toPush = toCart - cosine * toNumerator;
            float toCosine = -coupling * poleAcceleration * toCart - push * toNumerator
                    + 2 * COSINE_SQUARE_FACTOR * cosine * poleAcceleration * toNumerator;
            float toSine = GRAVITY * toNumerator + POLE_MASS_LENGTH * INVERSE_MASS * poleSpeed * poleSpeed * toPush;
            forceCotangent[k] += INVERSE_MASS * toPush;
            rows[cotangent + 1][k] += TIME_STEP * toX;
            rows[cotangent + 2][k] += cosine * toSine - sine * toCosine;
            rows[cotangent + 3][k] += TIME_STEP * toAngle + 2 * POLE_MASS_LENGTH * INVERSE_MASS * poleSpeed * sine * toPush;
        }
    }

    @Override
    public void observeBackward(float[] state, int columns, float[] cotangent, float[] stateCotangent) {
        for (int k = 0; k < columns; k++) {
            float angle = state[2 * columns + k];
            stateCotangent[k] += cotangent[k];
            stateCotangent[columns + k] += cotangent[3 * columns + k];
            stateCotangent[2 * columns + k] += FloatMath.cosine(angle) * cotangent[columns + k]
                    - FloatMath.sine(angle) * cotangent[2 * columns + k];
            stateCotangent[3 * columns + k] += cotangent[4 * columns + k];
        }
    }
}
