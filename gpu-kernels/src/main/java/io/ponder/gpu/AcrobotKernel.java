package io.ponder.gpu;

import io.ponder.engine.classic.AcrobotEquations;
import io.ponder.engine.classic.FloatMath;

/** Steps Acrobot-v1; its twin is {@link io.ponder.engine.classic.AcrobotBatch}. */
final class AcrobotKernel extends RolloutKernel {
    private static final float TIME_STEP = (float) AcrobotEquations.TIME_STEP;
    private static final int STATE = ACTION + GROUP;
    private static final int STAGE = STATE + 4 * GROUP;
    private static final int SUM = STAGE + 4 * GROUP;
    private static final int DERIVATIVE = SUM + 4 * GROUP;

    AcrobotKernel(Arrays arrays) {
        super(arrays, 17);
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    @Override
    void step(int row, int first, int count, int t) {
        for (int i = getLocalId(); i < count; i += items()) {
            for (int d = 0; d < 4; d++) {
                lane[STAGE + d * GROUP + i] = lane[STATE + d * GROUP + i];
                lane[SUM + d * GROUP + i] = lane[STATE + d * GROUP + i];
            }
        }
        for (int stage = 0; stage < 4; stage++) {
            derivatives(count);
            float share = TIME_STEP / 3;
            if (stage == 0) share = TIME_STEP / 6;
            if (stage == 3) share = TIME_STEP / 6;
            float reach = TIME_STEP / 2;
            if (stage == 2) reach = TIME_STEP;
            for (int d = 0; d < 4; d++) advance(d * GROUP, share, reach, count);
        }
        for (int i = getLocalId(); i < count; i += items()) {
            float angle1 = FloatMath.wrapped(lane[SUM + i]);
            float angle2 = FloatMath.wrapped(lane[SUM + GROUP + i]);
            lane[STATE + i] = angle1;
            lane[STATE + GROUP + i] = angle2;
            lane[STATE + 2 * GROUP + i] = clip(lane[SUM + 2 * GROUP + i], (float) AcrobotEquations.MAX_SPEED_1);
            lane[STATE + 3 * GROUP + i] = clip(lane[SUM + 3 * GROUP + i], (float) AcrobotEquations.MAX_SPEED_2);
            float discount = withinLimit(-FloatMath.cosine(angle1) - FloatMath.cosine(angle1 + angle2) - 1);
            lane[REWARD + i] = -discount;
            lane[DISCOUNT + i] = discount;
        }
    }

    private void advance(int d, float share, float reach, int count) {
        for (int i = getLocalId(); i < count; i += items()) {
            lane[SUM + d + i] = lane[SUM + d + i] + share * lane[DERIVATIVE + d + i];
            lane[STAGE + d + i] = lane[STATE + d + i] + reach * lane[DERIVATIVE + d + i];
        }
    }

    private void derivatives(int count) {
        for (int i = getLocalId(); i < count; i += items()) {
            float torque = lane[ACTION + i] - 1;
            float angle1 = lane[STAGE + i];
            float angle2 = lane[STAGE + GROUP + i];
            float speed1 = lane[STAGE + 2 * GROUP + i];
            float speed2 = lane[STAGE + 3 * GROUP + i];
            float sine2 = FloatMath.sine(angle2);
            float cosine2 = FloatMath.cosine(angle2);
            float gravity2 = AcrobotEquations.gravity2(FloatMath.sine(angle1 + angle2));
            float load1 = AcrobotEquations.load1(FloatMath.sine(angle1), sine2, speed1, speed2, gravity2);
            float inertia1 = AcrobotEquations.inertia1(cosine2);
            float inertia2 = AcrobotEquations.inertia2(cosine2);
            float ratio = inertia2 / inertia1;
            float acceleration2 = AcrobotEquations.acceleration2(sine2, speed1, torque, ratio, inertia2, gravity2, load1);
            lane[DERIVATIVE + i] = speed1;
            lane[DERIVATIVE + GROUP + i] = speed2;
            lane[DERIVATIVE + 2 * GROUP + i] = -ratio * acceleration2 - load1 / inertia1;
            lane[DERIVATIVE + 3 * GROUP + i] = acceleration2;
        }
    }
}
