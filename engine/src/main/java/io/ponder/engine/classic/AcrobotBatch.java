package io.ponder.engine.classic;

/**
 * Steps blocks of Acrobot-v1. State: both angles, both angular speeds; observation: cosine and sine of the first, of the second angle,
 * both angular speeds.
 */
public final class AcrobotBatch implements BatchedTask {
    // Rows of the work space: state of a stage, sum of derivatives, then sines, terms and accelerations.
    private static final int STAGE = 0;
    private static final int SUM = 4;
    private static final int SINE_1 = 8;
    private static final int SINE_2 = 9;
    private static final int COSINE_2 = 10;
    private static final int GRAVITY_2 = 11;
    private static final int RATIO = 12;
    private static final int LOAD_1 = 13;
    private static final int TORQUE = 14;
    private static final int START = 15;
    private static final int DERIVATIVE = 19;
    private static final int COUNT = 23;

    @Override
    public String name() {
        return "Acrobot-v1";
    }

    @Override
    public int stateSize() {
        return 4;
    }

    @Override
    public int observationSize() {
        return 6;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public int actionCount() {
        return 3;
    }

    @Override
    public int scratchRows() {
        return COUNT;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        float timeStep = (float) AcrobotEquations.TIME_STEP;
        float[] torque = scratch[TORQUE];
        for (int k = 0; k < columns; k++) torque[k] = action[k] - 1;
        for (int d = 0; d < 4; d++) {
            Rows.read(state, d, columns, scratch[STAGE + d]);
            Rows.read(state, d, columns, scratch[START + d]);
            Rows.read(state, d, columns, scratch[SUM + d]);
        }
        for (int stage = 0; stage < 4; stage++) {
            derivative(columns, scratch);
            float share = stage == 0 || stage == 3 ? timeStep / 6 : timeStep / 3;
            float reach = stage == 2 ? timeStep : timeStep / 2;
            for (int d = 0; d < 4; d++) {
                Rows.euler(scratch[SUM + d], scratch[DERIVATIVE + d], share, columns, scratch[SUM + d]);
                Rows.euler(scratch[START + d], scratch[DERIVATIVE + d], reach, columns, scratch[STAGE + d]);
            }
        }
        limit(columns, scratch);
        for (int d = 0; d < 4; d++) Rows.write(scratch[SUM + d], next, d, columns);
        finish(columns, scratch, reward, discount);
    }

    /** Writes the derivative of the stage's state. */
    private static void derivative(int columns, float[][] rows) {
        float[] angle1 = rows[STAGE];
        float[] angle2 = rows[STAGE + 1];
        float[] speed1 = rows[STAGE + 2];
        float[] speed2 = rows[STAGE + 3];
        float[] sine1 = rows[SINE_1];
        float[] sine2 = rows[SINE_2];
        float[] cosine2 = rows[COSINE_2];
        float[] gravity2 = rows[GRAVITY_2];
        float[] ratio = rows[RATIO];
        float[] load1 = rows[LOAD_1];
        float[] torque = rows[TORQUE];
        float[] acceleration1 = rows[DERIVATIVE + 2];
        float[] acceleration2 = rows[DERIVATIVE + 3];
        System.arraycopy(speed1, 0, rows[DERIVATIVE], 0, columns);
        System.arraycopy(speed2, 0, rows[DERIVATIVE + 1], 0, columns);
        Rows.sine(angle1, columns, sine1);
        Rows.sine(angle2, columns, sine2);
        Rows.cosine(angle2, columns, cosine2);
        for (int k = 0; k < columns; k++) gravity2[k] = angle1[k] + angle2[k];
        Rows.sine(gravity2, columns, gravity2);
        for (int k = 0; k < columns; k++) gravity2[k] = AcrobotEquations.gravity2(gravity2[k]);
        for (int k = 0; k < columns; k++) {
            load1[k] = AcrobotEquations.load1(sine1[k], sine2[k], speed1[k], speed2[k], gravity2[k]);
        }
        for (int k = 0; k < columns; k++) {
            ratio[k] = AcrobotEquations.inertia2(cosine2[k]) / AcrobotEquations.inertia1(cosine2[k]);
        }
        for (int k = 0; k < columns; k++) {
            acceleration2[k] = AcrobotEquations.acceleration2(
                    sine2[k], speed1[k], torque[k], ratio[k], AcrobotEquations.inertia2(cosine2[k]), gravity2[k], load1[k]);
        }
        for (int k = 0; k < columns; k++) {
            acceleration1[k] = -ratio[k] * acceleration2[k] - load1[k] / AcrobotEquations.inertia1(cosine2[k]);
        }
    }

    /** Wraps the angles and clips the speeds. */
    private static void limit(int columns, float[][] rows) {
        float[] angle1 = rows[SUM];
        float[] angle2 = rows[SUM + 1];
        for (int k = 0; k < columns; k++) angle1[k] = FloatMath.wrapped(angle1[k]);
        for (int k = 0; k < columns; k++) angle2[k] = FloatMath.wrapped(angle2[k]);
        Rows.clip(rows[SUM + 2], (float) AcrobotEquations.MAX_SPEED_1, columns, rows[SUM + 2]);
        Rows.clip(rows[SUM + 3], (float) AcrobotEquations.MAX_SPEED_2, columns, rows[SUM + 3]);
    }

    /** Writes reward and discount: -1 a step, 0 on the step that terminates. */
    private static void finish(int columns, float[][] rows, float[] reward, float[] discount) {
        float[] angle1 = rows[SUM];
        float[] angle2 = rows[SUM + 1];
        float[] cosine1 = rows[SINE_1];
        float[] cosineSum = rows[SINE_2];
        Rows.cosine(angle1, columns, cosine1);
        for (int k = 0; k < columns; k++) cosineSum[k] = angle1[k] + angle2[k];
        Rows.cosine(cosineSum, columns, cosineSum);
        for (int k = 0; k < columns; k++) discount[k] = AcrobotEquations.discount(cosine1[k], cosineSum[k]);
        for (int k = 0; k < columns; k++) reward[k] = -discount[k];
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        for (int link = 0; link < 2; link++) {
            int from = link * columns;
            int cosine = 2 * link * columns;
            for (int k = 0; k < columns; k++) observation[cosine + k] = FloatMath.cosine(state[from + k]);
            for (int k = 0; k < columns; k++) observation[cosine + columns + k] = FloatMath.sine(state[from + k]);
        }
        System.arraycopy(state, 2 * columns, observation, 4 * columns, 2 * columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        for (int link = 0; link < 2; link++) {
            int to = link * columns;
            int cosine = 2 * link * columns;
            for (int k = 0; k < columns; k++) {
                state[to + k] = (float) Math.atan2(observation[cosine + columns + k], observation[cosine + k]);
            }
        }
        System.arraycopy(observation, 4 * columns, state, 2 * columns, 2 * columns);
    }
}
