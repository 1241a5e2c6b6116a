package io.ponder.gpu;

import io.ponder.engine.classic.AcrobotEquations;
import io.ponder.engine.classic.FloatMath;

/** Steps Acrobot-v1; its twin is {@link io.ponder.engine.classic.AcrobotBatch}. */
final class AcrobotKernel extends RolloutKernel {
    private static final float TIME_STEP = (float) AcrobotEquations.TIME_STEP;
    private static final int STAGE = 0;
    private static final int SUM = 4;
    private static final int DERIVATIVE = 8;

    @PrivateMemorySpace(12)
    final float[] work = new float[12];

    AcrobotKernel(Arrays arrays) {
        super(arrays);
    }

    @Override
    public void run() {
        runPass(getGlobalId());
    }

    @Override
    void step(int row, int sample, int t) {
        float torque = action[0] - 1;
        for (int d = 0; d < 4; d++) {
            work[STAGE + d] = state[d];
            work[SUM + d] = state[d];
        }
        for (int stage = 0; stage < 4; stage++) {
            derivative(torque);
            float share = TIME_STEP / 3;
            if (stage == 0) share = TIME_STEP / 6;
            if (stage == 3) share = TIME_STEP / 6;
            float reach = TIME_STEP / 2;
            if (stage == 2) reach = TIME_STEP;
            for (int d = 0; d < 4; d++) {
                work[SUM + d] = work[SUM + d] + share * work[DERIVATIVE + d];
                work[STAGE + d] = state[d] + reach * work[DERIVATIVE + d];
            }
        }
        state[0] = FloatMath.wrapped(work[SUM]);
        state[1] = FloatMath.wrapped(work[SUM + 1]);
        state[2] = clip(work[SUM + 2], (float) AcrobotEquations.MAX_SPEED_1);
        state[3] = clip(work[SUM + 3], (float) AcrobotEquations.MAX_SPEED_2);
        float discount = withinLimit(-FloatMath.cosine(state[0]) - FloatMath.cosine(state[0] + state[1]) - 1);
        outcome[0] = -discount;
        outcome[1] = discount;
    }

    private void derivative(float torque) {
        float speed1 = work[STAGE + 2];
        float speed2 = work[STAGE + 3];
        float sine2 = FloatMath.sine(work[STAGE + 1]);
        float cosine2 = FloatMath.cosine(work[STAGE + 1]);
        float gravity2 = AcrobotEquations.gravity2(FloatMath.sine(work[STAGE] + work[STAGE + 1]));
        float load1 = AcrobotEquations.load1(FloatMath.sine(work[STAGE]), sine2, speed1, speed2, gravity2);
        float inertia1 = AcrobotEquations.inertia1(cosine2);
        float inertia2 = AcrobotEquations.inertia2(cosine2);
        float ratio = inertia2 / inertia1;
        float acceleration2 = AcrobotEquations.acceleration2(sine2, speed1, torque, ratio, inertia2, gravity2, load1);
        work[DERIVATIVE] = speed1;
        work[DERIVATIVE + 1] = speed2;
        work[DERIVATIVE + 2] = -ratio * acceleration2 - load1 / inertia1;
        work[DERIVATIVE + 3] = acceleration2;
    }
}
