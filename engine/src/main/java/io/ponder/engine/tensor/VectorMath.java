package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions of one vector by polynomials.
 *
 * <p>Coefficients are minimax fits made for this class (Lawson's iteration in double, then rounded). Largest errors, tested: exp, log,
 * sigmoid, silu, softplus, tanh, elu, mish: 6e-7 relative; sin, cos: 2e-7 absolute; derivatives: 2e-6 relative to the largest slope.
 *
 * <p>The methods are small enough to be inlined, else the compiler would put every vector into an object. Scalar twins do the same
 * operations in the same order and give the same bits.
 */
final class VectorMath {
    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    static final int LANES = S.length();

    private static final float LOG2_E = 1.44269504088896341f;
    /** ln 2 in two parts; a small integer times the first is exact. */
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** 1.5 * 2^23: adding it rounds to an integer, which is then in the low bits. */
    private static final float ROUNDER = 12582912f;

    // (exp r - 1 - r) / r^2 for |r| <= ln(2) / 2, to 2^-28.
    private static final float E0 = 0.5f;
    private static final float E1 = 0.166665181517601f;
    private static final float E2 = 0.04166620597243309f;
    private static final float E3 = 0.008368954062461853f;
    private static final float E4 = 0.0013950599823147058f;

    // (ln(1 + f) - f + f^2 / 2) / f^3 for sqrt(1/2) <= 1 + f <= sqrt(2), to 2^-27 of the result.
    private static final float L0 = 0.3333333134651184f;
    private static final float L1 = -0.250008225440979f;
    private static final float L2 = 0.20001228153705597f;
    private static final float L3 = -0.1662333458662033f;
    private static final float L4 = 0.14201723039150238f;
    private static final float L5 = -0.13160377740859985f;
    private static final float L6 = 0.12761935591697693f;
    private static final float L7 = -0.07634418457746506f;
    /** Bits of sqrt(1/2). */
    private static final int SQRT_HALF_BITS = 0x3f3504f3;

    // (atanh(s) / s - 1) / s^2 in s^2 <= 1/9, to 2^-33.
    private static final float A0 = 0.3333333730697632f;
    private static final float A1 = 0.19999438524246216f;
    private static final float A2 = 0.14308442175388336f;
    private static final float A3 = 0.10713828355073929f;
    private static final float A4 = 0.12150469422340393f;

    // sin r = r + r^3 (S0 + ...), cos r = 1 - r^2 / 2 + r^4 (C0 + ...) for |r| <= pi / 4.
    private static final float S0 = -0.16666655242443085f;
    private static final float S1 = 0.008332173340022564f;
    private static final float S2 = -0.00019516654720064253f;
    private static final float C0 = 0.04166664555668831f;
    private static final float C1 = -0.001388736185617745f;
    private static final float C2 = 2.4437727915938012e-05f;
    private static final float TWO_OVER_PI = 0.63661977236758134f;
    /** pi / 2 in three parts, each the float nearest to what is left. */
    private static final float HALF_PI_1 = (float) (Math.PI / 2);
    private static final float HALF_PI_2 = (float) (Math.PI / 2 - HALF_PI_1);
    /** Of pi / 2 in more digits than a double holds: 1.5707963267948966192313216916398. */
    private static final float HALF_PI_3 = (float) (Math.PI / 2 - HALF_PI_1 - HALF_PI_2 + 6.123233995736766e-17);
    /** Beyond this the three parts are too few and the functions of {@link Math} are used. */
    private static final float LARGEST_ANGLE = 30000;

    // sin a / a and cos a for |a| <= pi / 2, in a^2: half-angles of Box and Muller.
    private static final float H0 = -0.16666658222675323f;
    private static final float H1 = 0.008333050645887852f;
    private static final float H2 = -0.00019809075456578285f;
    private static final float H3 = 2.6052248358610086e-06f;
    private static final float G0 = 0.04166663810610771f;
    private static final float G1 = -0.0013888361863791943f;
    private static final float G2 = 2.476016197761055e-05f;
    private static final float G3 = -2.605149518331018e-07f;

    /** exp of this is a normal number, and so is exp of minus this. */
    private static final float EXP_SAFE = 87;

    private VectorMath() {}

    /** Returns the nearest integer of x log2(e), plus {@link #ROUNDER}. */
    private static FloatVector rounded(FloatVector x) {
        return x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUNDER));
    }

    /** Returns x - n ln 2. */
    private static FloatVector reduced(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
        return n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    }

    /** Returns exp(r) - 1 for a reduced r. */
    private static FloatVector expm1Reduced(FloatVector r) {
        FloatVector p = r.fma(FloatVector.broadcast(S, E4), FloatVector.broadcast(S, E3));
        p = p.fma(r, FloatVector.broadcast(S, E2));
        p = p.fma(r, FloatVector.broadcast(S, E1));
        p = p.fma(r, FloatVector.broadcast(S, E0));
        return p.fma(r.mul(r), r);
    }

    /** Returns 2^n for integers given as n + ROUNDER, -126 <= n <= 127. */
    private static FloatVector power(FloatVector rounded) {
        return rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(0x3f800000).reinterpretAsFloats();
    }

    /** Returns exp x for {@code |x| <= EXP_SAFE}; NaN stays NaN. */
    private static FloatVector expSafe(FloatVector x) {
        FloatVector t = rounded(x);
        FloatVector q = expm1Reduced(reduced(x, t.sub(ROUNDER)));
        FloatVector scale = power(t);
        return q.fma(scale, scale);
    }

    private static FloatVector atMost(FloatVector x, float bound) {
        return x.blend(bound, x.compare(VectorOperators.GT, bound));
    }

    private static FloatVector atLeast(FloatVector x, float bound) {
        return x.blend(bound, x.compare(VectorOperators.LT, bound));
    }

    /** Returns exp x, with gradual underflow and overflow to infinity. */
    static FloatVector exp(FloatVector x) {
        FloatVector c = atLeast(atMost(x, 89), -104);
        FloatVector t = rounded(c);
        FloatVector q = expm1Reduced(reduced(c, t.sub(ROUNDER)));
        // 2^n in two factors, each of which is a normal number.
        IntVector n = t.reinterpretAsInts().sub(0x4b400000);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        FloatVector low = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        FloatVector high = n.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return q.add(1).mul(low).mul(high);
    }

    /** Returns exp x; the scalar twin of {@link #exp(FloatVector)}. */
    static float exp(float x) {
        float c = x > 89 ? 89 : x;
        c = c < -104 ? -104 : c;
        float t = Math.fma(c, LOG2_E, ROUNDER);
        float n = t - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, c));
        float p = Math.fma(r, E4, E3);
        p = Math.fma(p, r, E2);
        p = Math.fma(p, r, E1);
        p = Math.fma(p, r, E0);
        float q = Math.fma(p, r * r, r);
        int bits = Float.floatToRawIntBits(t) - 0x4b400000;
        int half = bits >> 1;
        return (q + 1) * Float.intBitsToFloat((half + 127) << 23) * Float.intBitsToFloat((bits - half + 127) << 23);
    }

    /** Returns ln x for positive normal x. */
    static FloatVector logPositive(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1);
        // The exponent as a float without a conversion: |e| < 2^22.
        FloatVector e = exponent.add(0x4b400000).reinterpretAsFloats().sub(ROUNDER);
        FloatVector square = f.mul(f);
        FloatVector p = f.fma(FloatVector.broadcast(S, L7), FloatVector.broadcast(S, L6));
        p = p.fma(f, FloatVector.broadcast(S, L5));
        p = p.fma(f, FloatVector.broadcast(S, L4));
        p = p.fma(f, FloatVector.broadcast(S, L3));
        p = p.fma(f, FloatVector.broadcast(S, L2));
        p = p.fma(f, FloatVector.broadcast(S, L1));
        p = p.fma(f, FloatVector.broadcast(S, L0));
        FloatVector low = e.fma(FloatVector.broadcast(S, LN2_LOW), p.mul(f).mul(square));
        low = square.fma(FloatVector.broadcast(S, -0.5f), low);
        return e.fma(FloatVector.broadcast(S, LN2_HIGH), f.add(low));
    }

    /** Returns ln x; minus infinity at 0, NaN below. */
    static FloatVector log(FloatVector x) {
        // Subnormal numbers are scaled up by 2^23 first.
        VectorMask<Float> small = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector y = logPositive(x.blend(x.mul(0x1p23f), small));
        y = y.blend(y.sub((float) (23 * Math.log(2))), small);
        y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
        y = y.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
        return y.blend(x, x.compare(VectorOperators.NE, x));
    }

    /** Returns ln x for positive normal x; the scalar twin of {@link #logPositive(FloatVector)}. */
    static float logPositive(float x) {
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
        float low = Math.fma((float) exponent, LN2_LOW, p * f * square);
        low = Math.fma(square, -0.5f, low);
        return Math.fma((float) exponent, LN2_HIGH, f + low);
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE).reinterpretAsFloats();
        // Above 10 the result is 1 in float.
        FloatVector magnitude = atMost(x.abs(), 10);
        FloatVector m = expm1Positive(magnitude.add(magnitude));
        FloatVector y = m.div(m.add(2));
        return y.reinterpretAsInts().or(sign.reinterpretAsInts()).reinterpretAsFloats();
    }

    /** Returns exp(x) - 1 for |x| <= EXP_SAFE, exact to a few roundings also near 0. */
    private static FloatVector expm1Positive(FloatVector x) {
        FloatVector t = rounded(x);
        FloatVector q = expm1Reduced(reduced(x, t.sub(ROUNDER)));
        FloatVector scale = power(t);
        return q.fma(scale, scale.sub(1));
    }

    static FloatVector sigmoid(FloatVector x) {
        FloatVector e = expSafe(atLeast(atMost(x, EXP_SAFE), -EXP_SAFE).neg());
        return FloatVector.broadcast(S, 1).div(e.add(1));
    }

    static FloatVector silu(FloatVector x) {
        FloatVector bounded = atLeast(x, -EXP_SAFE);
        FloatVector e = expSafe(atMost(bounded, EXP_SAFE).neg());
        return bounded.div(e.add(1));
    }

    static FloatVector softplus(FloatVector x) {
        FloatVector t = expSafe(atMost(x.abs(), EXP_SAFE).neg());
        // ln(1 + t) = 2 atanh(t / (2 + t)): no cancellation for small t.
        FloatVector s = t.div(t.add(2));
        FloatVector z = s.mul(s);
        FloatVector p = z.fma(FloatVector.broadcast(S, A4), FloatVector.broadcast(S, A3));
        p = p.fma(z, FloatVector.broadcast(S, A2));
        p = p.fma(z, FloatVector.broadcast(S, A1));
        p = p.fma(z, FloatVector.broadcast(S, A0));
        FloatVector log = p.fma(z.mul(s), s);
        FloatVector y = atLeast(x, 0).add(log.add(log));
        return y.blend(x, x.compare(VectorOperators.GT, 20));
    }

    static FloatVector elu(FloatVector x, float alpha) {
        FloatVector y = expm1Positive(atLeast(atMost(x, 0), -EXP_SAFE)).mul(alpha);
        return y.blend(x, x.compare(VectorOperators.GT, 0));
    }

    /** With e = exp x: tanh(ln(1 + e)) = (e^2 + 2 e) / (e^2 + 2 e + 2). */
    static FloatVector mish(FloatVector x) {
        FloatVector bounded = atLeast(x, -EXP_SAFE);
        FloatVector e = expSafe(atMost(bounded, 20));
        FloatVector n = e.fma(e, e.add(e));
        return bounded.mul(n.div(n.add(2)));
    }

    static FloatVector reluGradient(FloatVector y, FloatVector dy) {
        return dy.blend(0, y.compare(VectorOperators.LE, 0));
    }

    static FloatVector tanhGradient(FloatVector y, FloatVector dy) {
        return dy.mul(FloatVector.broadcast(S, 1).sub(y.mul(y)));
    }

    static FloatVector sigmoidGradient(FloatVector y, FloatVector dy) {
        return dy.mul(y.mul(FloatVector.broadcast(S, 1).sub(y)));
    }

    static FloatVector siluGradient(FloatVector x, FloatVector dy) {
        FloatVector bounded = atLeast(atMost(x, EXP_SAFE), -EXP_SAFE);
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector s = one.div(expSafe(bounded.neg()).add(1));
        return dy.mul(s.mul(bounded.fma(one.sub(s), one)));
    }

    static FloatVector softplusGradient(FloatVector x, FloatVector dy) {
        return dy.mul(sigmoid(x));
    }

    static FloatVector eluGradient(FloatVector y, FloatVector dy, float alpha) {
        return dy.mul(y.add(alpha)).blend(dy, y.compare(VectorOperators.GT, 0));
    }

    /** With e = exp x, n = e^2 + 2 e and d = n + 2 the slope is (n d + 4 x e (1 + e)) / d^2. */
    static FloatVector mishGradient(FloatVector x, FloatVector dy) {
        FloatVector bounded = atLeast(atMost(x, 20), -EXP_SAFE);
        FloatVector e = expSafe(bounded);
        FloatVector n = e.fma(e, e.add(e));
        FloatVector d = n.add(2);
        FloatVector product = e.fma(e, e).mul(bounded).mul(4);
        return dy.mul(n.fma(d, product).div(d.mul(d)));
    }

    static FloatVector sin(FloatVector x) {
        return turned(x, 0);
    }

    static FloatVector cos(FloatVector x) {
        return turned(x, 1);
    }

    /** Returns sin(x + quarters pi / 2) for |x| <= LARGEST_ANGLE. */
    private static FloatVector turned(FloatVector x, int quarters) {
        FloatVector t = x.fma(FloatVector.broadcast(S, TWO_OVER_PI), FloatVector.broadcast(S, ROUNDER));
        FloatVector n = t.sub(ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(S, -HALF_PI_1), x);
        r = n.fma(FloatVector.broadcast(S, -HALF_PI_2), r);
        r = n.fma(FloatVector.broadcast(S, -HALF_PI_3), r);
        FloatVector z = r.mul(r);
        FloatVector sine = z.fma(FloatVector.broadcast(S, S2), FloatVector.broadcast(S, S1));
        sine = sine.fma(z, FloatVector.broadcast(S, S0)).mul(z).fma(r, r);
        FloatVector cosine = z.fma(FloatVector.broadcast(S, C2), FloatVector.broadcast(S, C1));
        cosine = cosine.fma(z, FloatVector.broadcast(S, C0)).mul(z).sub(0.5f).fma(z, FloatVector.broadcast(S, 1));
        // Quarter 1 and 3 take the cosine, 2 and 3 change the sign; by bits, because masks are slow before Java 18.
        IntVector quarter = t.reinterpretAsInts().add(quarters);
        IntVector swap = quarter.and(1).neg();
        IntVector a = sine.reinterpretAsInts();
        IntVector chosen = a.lanewise(VectorOperators.XOR, cosine.reinterpretAsInts()).and(swap).lanewise(VectorOperators.XOR, a);
        IntVector sign = quarter.and(2).lanewise(VectorOperators.LSHL, 30);
        return chosen.lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
    }

    /** Returns whether {@link #turned} can reduce an angle; NaN and infinity say no. */
    static boolean reducible(float x) {
        return Math.abs(x) <= LARGEST_ANGLE;
    }

    /** Returns whether {@link #turned} can reduce every angle of a block. */
    static boolean reducible(int n, float[] x, int xo) {
        int i = 0;
        for (; i + LANES <= n; i += LANES) {
            if (!FloatVector.fromArray(S, x, xo + i).abs().compare(VectorOperators.LE, LARGEST_ANGLE).allTrue()) return false;
        }
        for (; i < n; i++) {
            if (!reducible(x[xo + i])) return false;
        }
        return true;
    }

    /** Returns sin a for |a| <= pi / 2. */
    static FloatVector halfAngleSine(FloatVector a, FloatVector square) {
        FloatVector p = square.fma(FloatVector.broadcast(S, H3), FloatVector.broadcast(S, H2));
        p = p.fma(square, FloatVector.broadcast(S, H1));
        p = p.fma(square, FloatVector.broadcast(S, H0));
        return p.mul(square).fma(a, a);
    }

    /** Returns cos a for |a| <= pi / 2. */
    static FloatVector halfAngleCosine(FloatVector square) {
        FloatVector p = square.fma(FloatVector.broadcast(S, G3), FloatVector.broadcast(S, G2));
        p = p.fma(square, FloatVector.broadcast(S, G1));
        p = p.fma(square, FloatVector.broadcast(S, G0));
        return p.mul(square).sub(0.5f).fma(square, FloatVector.broadcast(S, 1));
    }
}
