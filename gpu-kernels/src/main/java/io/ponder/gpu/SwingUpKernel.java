package io.ponder.gpu;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.SwingUpEquations;

/** Steps the cart-pole swing-up; its twin is {@link io.ponder.engine.classic.SwingUpBatch}. */
final class SwingUpKernel extends RolloutKernel {
    private static final float TIME_STEP = (float) CartPoleEquations.TIME_STEP;

    SwingUpKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        float clipped = clip(action[0], 1);
        float force = (float) CartPoleEquations.MAX_FORCE * clipped;
        float sine = FloatMath.sine(state[2]);
        float cosine = FloatMath.cosine(state[2]);
        for (int i = 0; i < SwingUpEquations.STEPS_PER_ACTION; i++) {
            float push = CartPoleEquations.push(sine, state[3], force);
            float poleAcceleration = CartPoleEquations.poleAcceleration(sine, cosine, push);
            float acceleration = CartPoleEquations.cartAcceleration(cosine, push, poleAcceleration);
            state[0] = state[0] + TIME_STEP * state[1];
            state[1] = state[1] + TIME_STEP * acceleration;
            state[2] = state[2] + TIME_STEP * state[3];
            state[3] = state[3] + TIME_STEP * poleAcceleration;
            sine = FloatMath.sine(state[2]);
            cosine = FloatMath.cosine(state[2]);
        }
        float exponent = SwingUpEquations.exponent(state[0], sine, cosine);
        outcome[0] = FloatMath.decayAboveFloor(max(exponent, -24f)) - SwingUpEquations.costOfClipped(clipped);
        outcome[1] = 1;
    }
}
