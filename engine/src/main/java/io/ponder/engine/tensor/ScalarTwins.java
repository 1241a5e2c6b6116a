package io.ponder.engine.tensor;

/** exp and ln of one number with the operations of the vector loops, and therefore with the same bits. */
final class ScalarTwins {
    static final float LOG2_E = 1.44269504088896341f;
    /** ln 2 in two parts; a small integer times the first is exact. */
    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.12194440e-4f;
    static final float ROUNDER = 12582912f;

    // (exp r - 1 - r) / r^2 for |r| <= ln(2) / 2, to 2^-28.
    static final float E0 = 0.5f;
    static final float E1 = 0.166665181517601f;
    static final float E2 = 0.04166620597243309f;
    static final float E3 = 0.008368954062461853f;
    static final float E4 = 0.0013950599823147058f;

    // (ln(1 + f) - f + f^2 / 2) / f^3 for sqrt(1/2) <= 1 + f <= sqrt(2), to 2^-27 of the result.
    static final float L0 = 0.3333333134651184f;
    static final float L1 = -0.250008225440979f;
    static final float L2 = 0.20001228153705597f;
    static final float L3 = -0.1662333458662033f;
    static final float L4 = 0.14201723039150238f;
    static final float L5 = -0.13160377740859985f;
    static final float L6 = 0.12761935591697693f;
    static final float L7 = -0.07634418457746506f;
    static final int SQRT_HALF_BITS = 0x3f3504f3;

    private ScalarTwins() {}

    /** Returns exp x. */
    static float exp(float x) {
        float c = x > 89 ? 89 : x;
        c = c < -104 ? -104 : c;
        float t = Math.fma(c, LOG2_E, ROUNDER);
        float k = t - ROUNDER;
        float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, c));
        float p = Math.fma(r, E4, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p, r, E1);
        p = Math.fma(p, r, E0);
        float q = Math.fma(p, r * r, r);
        int n = Float.floatToRawIntBits(t) - Float.floatToRawIntBits(ROUNDER);
        int half = n >> 1;
        return (q + 1) * Float.intBitsToFloat((half + 127) << 23) * Float.intBitsToFloat((n - half + 127) << 23);
    }

    /** Returns ln x for a positive normal x; NaN stays NaN. */
    static float logPositive(float x) {
        if (x != x) return x;
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float square = f * f;
        float p = Math.fma(f, L7, L6);
        p = Math.fma(p, f, L5);
        p = Math.fma(p, f, L4);
        p = Math.fma(p, f, L3);
        p = Math.fma(p, f, L2);
        p = Math.fma(p, f, L1);
        p = Math.fma(p, f, L0);
        float rest = Math.fma(square, -0.5f, Math.fma((float) exponent, LN2_LOW, p * f * square));
        return Math.fma((float) exponent, LN2_HIGH, f + rest);
    }
}
