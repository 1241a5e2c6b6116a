package io.ponder.engine.classic;

/**
 * Computes sine, cosine, angle wrapping and a decaying exponential in float with nothing but additions, multiplications, minima and
 * maxima, so that a plain loop over samples becomes SIMD code and a GPU kernel can call them.
 *
 * <p>For angles up to 3000 in size the absolute error of sine and cosine is below 3e-7; beyond, it grows slowly. NaN gives NaN.
 */
public final class FloatMath {
    /** 1.5 * 2^23: adding and subtracting it rounds a float below 2^22 to the nearest integer. */
    private static final float ROUND = 12582912f;

    private static final float ONE_OVER_PI = 0.31830987f;
    private static final float ONE_OVER_TWO_PI = 0.15915494f;

    // pi in three parts: the first two have 13 bits, so that their products with integers up to 2048 are exact (Cody and Waite 1980).
    private static final float PI_HIGH = 3.1411133f;
    private static final float PI_MIDDLE = 4.7934055e-4f;
    private static final float PI_LOW = 3.178651e-8f;

    // sin r = r + r^3 (S1 + S2 r^2 + S3 r^4 + S4 r^6) on [-pi/2, pi/2], interpolated at Chebyshev nodes; error 4.2e-8.
    private static final float S1 = -0.16666666f;
    private static final float S2 = 0.0083332425f;
    private static final float S3 = -1.9822735e-4f;
    private static final float S4 = 2.6347445e-6f;

    // exp x = 1 + x (1 + E2 x + ... + E7 x^6) on [-1.5, 0], interpolated at Chebyshev nodes; error 1.6e-7.
    private static final float E2 = 0.4999999f;
    private static final float E3 = 0.16666257f;
    private static final float E4 = 0.041634474f;
    private static final float E5 = 0.00823937f;
    private static final float E6 = 0.0012619888f;
    private static final float E7 = 1.1502186e-4f;

    private FloatMath() {}

    /** Returns the sine of an angle in radians. */
    public static float sine(float angle) {
        float halfTurns = (angle * ONE_OVER_PI + ROUND) - ROUND;
        float rest = ((angle - halfTurns * PI_HIGH) - halfTurns * PI_MIDDLE) - halfTurns * PI_LOW;
        return signOf(halfTurns) * sineNearZero(rest);
    }

    /** Returns the cosine of an angle in radians. */
    public static float cosine(float angle) {
        float below = (angle * ONE_OVER_PI - 0.5f + ROUND) - ROUND;
        float halfTurns = below + 0.5f;
        float rest = ((angle - halfTurns * PI_HIGH) - halfTurns * PI_MIDDLE) - halfTurns * PI_LOW;
        return -signOf(below) * sineNearZero(rest);
    }

    /** Returns the angle moved by whole turns into [-pi, pi] (up to rounding). */
    public static float wrapped(float angle) {
        float turns = (angle * ONE_OVER_TWO_PI + ROUND) - ROUND;
        return ((angle - turns * (2 * PI_HIGH)) - turns * (2 * PI_MIDDLE)) - turns * (2 * PI_LOW);
    }

    /** Returns exp(x) of an x that is at most 0, with an absolute error below 3e-7; below -24 it answers about 4e-11. */
    public static float decay(float x) {
        return decayAboveFloor(Math.max(x, -24f));
    }

    /** Returns exp(x) of an x in [-24, 0], with an absolute error below 3e-7. */
    public static float decayAboveFloor(float x) {
        float sixteenth = x * 0.0625f;
        // exp - 1 is squared up (1 + u)^2 = 1 + u (2 + u), because u keeps the digits that 1 + u would lose near 0.
        float less = sixteenth
                * (1 + sixteenth * (E2 + sixteenth * (E3 + sixteenth * (E4 + sixteenth * (E5 + sixteenth * (E6 + sixteenth * E7))))));
        // "half" would be a type of OpenCL.
        float twice = less * (2 + less);
        float quarter = twice * (2 + twice);
        float eighth = quarter * (2 + quarter);
        return 1 + eighth * (2 + eighth);
    }

    /** Returns 0 where {@code excess} is above 0, else 1: what multiplies the discount where a limit is passed. */
    public static float withinLimit(float excess) {
        // The smallest positive excess of a limit above 1e-3 is about 1e-10, so the product reaches 1.
        return 1 - Math.min(1, Math.max(0, excess * 1e30f));
    }

    /** Returns 1 for an even and -1 for an odd integer. */
    private static float signOf(float integer) {
        float odd = integer - 2 * ((integer * 0.5f + ROUND) - ROUND);
        return 1 - 2 * odd * odd;
    }

    private static float sineNearZero(float rest) {
        float square = rest * rest;
        return rest + rest * square * (S1 + square * (S2 + square * (S3 + square * S4)));
    }
}
