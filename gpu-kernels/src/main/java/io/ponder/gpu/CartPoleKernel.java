package io.ponder.gpu;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;

/** Steps the cart-pole, with a discrete or (shape[0] = 1) a continuous force; its twin is
 * {@link io.ponder.engine.classic.CartPoleBatch}. */
final class CartPoleKernel extends RolloutKernel {
    private static final float TIME_STEP = (float) CartPoleEquations.TIME_STEP;
    private static final int POSITION = ACTION + GROUP;
    private static final int SPEED = POSITION + GROUP;
    private static final int POLE = SPEED + GROUP;
    private static final int POLE_SPEED = POLE + GROUP;

    CartPoleKernel(Arrays arrays) {
        super(arrays, 5);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        int continuous = shape[0];
        for (int i = getLocalId(); i < count; i += items()) {
            float force = CartPoleEquations.discreteForce(lane[ACTION + i]);
            if (continuous == 1) force = (float) CartPoleEquations.MAX_FORCE * clip(lane[ACTION + i], 1);
            float pole = lane[POLE + i];
            float poleSpeed = lane[POLE_SPEED + i];
            float speed = lane[SPEED + i];
            float sine = FloatMath.sine(pole);
            float cosine = FloatMath.cosine(pole);
            float push = CartPoleEquations.push(sine, poleSpeed, force);
            float poleAcceleration = CartPoleEquations.poleAcceleration(sine, cosine, push);
            float acceleration = CartPoleEquations.cartAcceleration(cosine, push, poleAcceleration);
            float position = lane[POSITION + i] + TIME_STEP * speed;
            pole = pole + TIME_STEP * poleSpeed;
            lane[POSITION + i] = position;
            lane[SPEED + i] = speed + TIME_STEP * acceleration;
            lane[POLE + i] = pole;
            lane[POLE_SPEED + i] = poleSpeed + TIME_STEP * poleAcceleration;
            lane[REWARD + i] = 1;
            lane[DISCOUNT + i] = withinLimit(max(
                    abs(position) - (float) CartPoleEquations.POSITION_LIMIT, abs(pole) - (float) CartPoleEquations.ANGLE_LIMIT));
        }
    }
}
