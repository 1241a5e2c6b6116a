package io.ponder.gpu;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;

/** Steps the cart-pole, with a discrete or (shape[0] = 1) a continuous force; its twin is
 * {@link io.ponder.engine.classic.CartPoleBatch}. */
final class CartPoleKernel extends RolloutKernel {
    private static final float TIME_STEP = (float) CartPoleEquations.TIME_STEP;

    CartPoleKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        float force = CartPoleEquations.discreteForce(action[0]);
        if (shape[0] == 1) force = (float) CartPoleEquations.MAX_FORCE * clip(action[0], 1);
        float sine = FloatMath.sine(state[2]);
        float cosine = FloatMath.cosine(state[2]);
        float push = CartPoleEquations.push(sine, state[3], force);
        float poleAcceleration = CartPoleEquations.poleAcceleration(sine, cosine, push);
        float acceleration = CartPoleEquations.cartAcceleration(cosine, push, poleAcceleration);
        state[0] = state[0] + TIME_STEP * state[1];
        state[1] = state[1] + TIME_STEP * acceleration;
        state[2] = state[2] + TIME_STEP * state[3];
        state[3] = state[3] + TIME_STEP * poleAcceleration;
        outcome[0] = 1;
        outcome[1] = withinLimit(max(
                abs(state[0]) - (float) CartPoleEquations.POSITION_LIMIT, abs(state[2]) - (float) CartPoleEquations.ANGLE_LIMIT));
    }
}
