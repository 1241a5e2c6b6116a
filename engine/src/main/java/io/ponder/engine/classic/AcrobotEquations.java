package io.ponder.engine.classic;

/**
 * States Gymnasium's Acrobot-v1 (Sutton 1996, equations of Sutton and Barto's book): two links, torque on the joint between them, both
 * angles 0 when hanging. One classical Runge-Kutta step of 0.2 s, then the angles are wrapped and the speeds clipped.
 */
public final class AcrobotEquations {
    /** Seconds of one step. */
    public static final double TIME_STEP = 0.2;
    /** Largest size of the first angular speed. */
    public static final double MAX_SPEED_1 = 4 * Math.PI;
    /** Largest size of the second angular speed. */
    public static final double MAX_SPEED_2 = 9 * Math.PI;

    // Both links: mass 1, length 1, centre of mass at 0.5, moment of inertia 1.
    private static final double GRAVITY = 9.8;
    private static final double CENTRE = 0.5;
    private static final double INERTIA = 1;
    private static final double TWO_PI = 2 * Math.PI;

    private AcrobotEquations() {}

    /** Returns the torque of an action: 0 is -1, 1 is 0, 2 is +1. */
    public static double torque(double action) {
        return action - 1;
    }

    /** Returns the moment of inertia about the first joint, the book's d1. */
    public static double inertia1(double cosine2) {
        return CENTRE * CENTRE + (1 + CENTRE * CENTRE + 2 * CENTRE * cosine2) + 2 * INERTIA;
    }

    /** Returns the moment about the first joint in float. */
    public static float inertia1(float cosine2) {
        return (float) (2 * CENTRE * CENTRE + 1 + 2 * INERTIA) + (float) (2 * CENTRE) * cosine2;
    }

    /** Returns the coupling moment of inertia, the book's d2. */
    public static double inertia2(double cosine2) {
        return CENTRE * CENTRE + CENTRE * cosine2 + INERTIA;
    }

    /** Returns the coupling moment in float. */
    public static float inertia2(float cosine2) {
        return (float) (CENTRE * CENTRE + INERTIA) + (float) CENTRE * cosine2;
    }

    /** Returns the torque of gravity on the second link, the book's phi2; {@code sineSum} is the sine of both angles together. */
    public static double gravity2(double sineSum) {
        return CENTRE * GRAVITY * sineSum;
    }

    /** Returns the torque of gravity on the second link in float. */
    public static float gravity2(float sineSum) {
        return (float) (CENTRE * GRAVITY) * sineSum;
    }

    /** Returns the torque of motion and gravity on the first link, the book's phi1. */
    public static double load1(double sine1, double sine2, double speed1, double speed2, double gravity2) {
        return -CENTRE * speed2 * speed2 * sine2
                - 2 * CENTRE * speed2 * speed1 * sine2
                + (CENTRE + 1) * GRAVITY * sine1
                + gravity2;
    }

    /** Returns the torque of motion and gravity on the first link in float. */
    public static float load1(float sine1, float sine2, float speed1, float speed2, float gravity2) {
        return gravity2 + (float) ((CENTRE + 1) * GRAVITY) * sine1 - (float) CENTRE * speed2 * sine2 * (speed2 + 2 * speed1);
    }

    /** Returns the angular acceleration of the second link. */
    public static double acceleration2(
            double sine2, double speed1, double torque, double inertia1, double inertia2, double gravity2, double load1) {
        return (torque + inertia2 / inertia1 * load1 - CENTRE * speed1 * speed1 * sine2 - gravity2)
                / (CENTRE * CENTRE + INERTIA - inertia2 * inertia2 / inertia1);
    }

    /** Returns the angular acceleration of the second link in float; {@code ratio} is inertia2 / inertia1. */
    public static float acceleration2(
            float sine2, float speed1, float torque, float ratio, float inertia2, float gravity2, float load1) {
        return (torque + ratio * load1 - (float) CENTRE * speed1 * speed1 * sine2 - gravity2)
                / ((float) (CENTRE * CENTRE + INERTIA) - inertia2 * ratio);
    }

    /** Returns the angular acceleration of the first link. */
    public static double acceleration1(double acceleration2, double inertia1, double inertia2, double load1) {
        return -(inertia2 * acceleration2 + load1) / inertia1;
    }

    /**
     * Steps a state {@code (angle 1, angle 2, speed 1, speed 2)} in place.
     *
     * @param work {@code [12]}: the state of the stage, its derivative, and the sum of derivatives. Modified.
     */
    public static void advance(double[] state, double torque, double[] work) {
        for (int d = 0; d < 4; d++) {
            work[d] = state[d];
            work[8 + d] = 0;
        }
        for (int stage = 0; stage < 4; stage++) {
            derivative(work, torque);
            double weight = stage == 0 || stage == 3 ? 1 : 2;
            double reach = stage == 2 ? TIME_STEP : TIME_STEP / 2;
            for (int d = 0; d < 4; d++) {
                work[8 + d] += weight * work[4 + d];
                work[d] = state[d] + reach * work[4 + d];
            }
        }
        for (int d = 0; d < 4; d++) state[d] += TIME_STEP / 6 * work[8 + d];
        state[0] = wrapped(state[0]);
        state[1] = wrapped(state[1]);
        state[2] = Math.max(-MAX_SPEED_1, Math.min(MAX_SPEED_1, state[2]));
        state[3] = Math.max(-MAX_SPEED_2, Math.min(MAX_SPEED_2, state[3]));
    }

    private static void derivative(double[] work, double torque) {
        double sine1 = Math.sin(work[0]);
        double sine2 = Math.sin(work[1]);
        double cosine2 = Math.cos(work[1]);
        double gravity2 = gravity2(Math.sin(work[0] + work[1]));
        double inertia1 = inertia1(cosine2);
        double inertia2 = inertia2(cosine2);
        double load1 = load1(sine1, sine2, work[2], work[3], gravity2);
        double acceleration2 = acceleration2(sine2, work[2], torque, inertia1, inertia2, gravity2, load1);
        work[4] = work[2];
        work[5] = work[3];
        work[6] = acceleration1(acceleration2, inertia1, inertia2, load1);
        work[7] = acceleration2;
    }

    /** Returns the angle moved by whole turns into [-pi, pi]; an angle in there stays as it is, both ends included. */
    public static double wrapped(double angle) {
        // The remainder of a far angle; near ones are stepped, as Gymnasium does, to round the same way.
        double inside = Math.abs(angle) < 1000 ? angle : Math.IEEEremainder(angle, TWO_PI);
        while (inside > Math.PI) inside -= TWO_PI;
        while (inside < -Math.PI) inside += TWO_PI;
        return inside;
    }

    /** Tells whether the tip is higher than one link above the pivot. */
    public static boolean terminated(double angle1, double angle2) {
        return -Math.cos(angle1) - Math.cos(angle2 + angle1) > 1;
    }

    /** Returns 0 where the tip is higher than one link above the pivot, else 1, in float. */
    public static float discount(float cosine1, float cosineSum) {
        return FloatMath.withinLimit(-cosine1 - cosineSum - 1);
    }
}
