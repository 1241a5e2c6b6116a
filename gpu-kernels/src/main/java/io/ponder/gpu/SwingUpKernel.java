package io.ponder.gpu;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.SwingUpEquations;

/** Steps the cart-pole swing-up; its twin is {@link io.ponder.engine.classic.SwingUpBatch}. */
final class SwingUpKernel extends RolloutKernel {
    private static final float TIME_STEP = (float) CartPoleEquations.TIME_STEP;
    private static final int POSITION = ACTION + GROUP;
    private static final int SPEED = POSITION + GROUP;
    private static final int POLE = SPEED + GROUP;
    private static final int POLE_SPEED = POLE + GROUP;

    SwingUpKernel(Arrays arrays) {
        super(arrays, 5);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        for (int part = 0; part < SwingUpEquations.STEPS_PER_ACTION; part++) advance(count);
        for (int i = getLocalId(); i < count; i += items()) {
            float pole = lane[POLE + i];
            float exponent = SwingUpEquations.exponent(lane[POSITION + i], FloatMath.sine(pole), FloatMath.cosine(pole));
            lane[REWARD + i] = FloatMath.decayAboveFloor(max(exponent, -24f)) - SwingUpEquations.costOfClipped(clip(lane[ACTION + i], 1));
            lane[DISCOUNT + i] = 1;
        }
    }

    private void advance(int count) {
        for (int i = getLocalId(); i < count; i += items()) {
            float force = (float) CartPoleEquations.MAX_FORCE * clip(lane[ACTION + i], 1);
            float pole = lane[POLE + i];
            float poleSpeed = lane[POLE_SPEED + i];
            float speed = lane[SPEED + i];
            float sine = FloatMath.sine(pole);
            float cosine = FloatMath.cosine(pole);
            float push = CartPoleEquations.push(sine, poleSpeed, force);
            float poleAcceleration = CartPoleEquations.poleAcceleration(sine, cosine, push);
            float acceleration = CartPoleEquations.cartAcceleration(cosine, push, poleAcceleration);
            lane[POSITION + i] = lane[POSITION + i] + TIME_STEP * speed;
            lane[SPEED + i] = speed + TIME_STEP * acceleration;
            lane[POLE + i] = pole + TIME_STEP * poleSpeed;
            lane[POLE_SPEED + i] = poleSpeed + TIME_STEP * poleAcceleration;
        }
    }
}
