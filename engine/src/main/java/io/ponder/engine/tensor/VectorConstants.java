package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Coefficients of the polynomials, one vector each.
 *
 * <p>They are minimax fits made for these kernels: Lawson's iteration in double on 4 000 Chebyshev nodes, then rounded to float.
 */
final class VectorConstants {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    static final FloatVector ONE = of(1);
    static final FloatVector MINUS_HALF = of(-0.5f);
    /** Bits of 1: what an exponent field is added to. */
    static final int ONE_BITS = 0x3f800000;

    /** 1.5 * 2^23: adding it rounds to an integer, which is then in the low bits. */
    static final FloatVector ROUNDER = of(ScalarTwins.ROUNDER);
    static final int ROUNDER_BITS = 0x4b400000;

    /** exp of this is a normal number, and so is exp of minus this. */
    static final float EXP_SAFE = 87;

    static final FloatVector LOG2_E = of(ScalarTwins.LOG2_E);
    static final FloatVector LN2_HIGH = of(ScalarTwins.LN2_HIGH);
    static final FloatVector LN2_LOW = of(ScalarTwins.LN2_LOW);
    static final FloatVector MINUS_LN2_HIGH = of(-ScalarTwins.LN2_HIGH);
    static final FloatVector MINUS_LN2_LOW = of(-ScalarTwins.LN2_LOW);

    // exp r = 1 + r + r^2 (E0 + E1 r + ...).
    static final FloatVector E0 = of(ScalarTwins.E0);
    static final FloatVector E1 = of(ScalarTwins.E1);
    static final FloatVector E2 = of(ScalarTwins.E2);
    static final FloatVector E3 = of(ScalarTwins.E3);
    static final FloatVector E4 = of(ScalarTwins.E4);

    // ln(1 + f) = f - f^2 / 2 + f^3 (L0 + L1 f + ...).
    static final FloatVector L0 = of(ScalarTwins.L0);
    static final FloatVector L1 = of(ScalarTwins.L1);
    static final FloatVector L2 = of(ScalarTwins.L2);
    static final FloatVector L3 = of(ScalarTwins.L3);
    static final FloatVector L4 = of(ScalarTwins.L4);
    static final FloatVector L5 = of(ScalarTwins.L5);
    static final FloatVector L6 = of(ScalarTwins.L6);
    static final FloatVector L7 = of(ScalarTwins.L7);
    static final int SQRT_HALF_BITS = ScalarTwins.SQRT_HALF_BITS;

    // atanh s = s + s^3 (A0 + A1 s^2 + ...) for s <= 1/3, to 2^-33.
    static final FloatVector A0 = of(0.3333333730697632f);
    static final FloatVector A1 = of(0.19999438524246216f);
    static final FloatVector A2 = of(0.14308442175388336f);
    static final FloatVector A3 = of(0.10713828355073929f);
    static final FloatVector A4 = of(0.12150469422340393f);

    // sin r = r + r^3 (S0 + S1 r^2 + ...), cos r = 1 - r^2 / 2 + r^4 (C0 + C1 r^2 + ...) for |r| <= pi / 4, to 2^-28 and 2^-33.
    static final FloatVector S0 = of(-0.16666655242443085f);
    static final FloatVector S1 = of(0.008332173340022564f);
    static final FloatVector S2 = of(-0.00019516654720064253f);
    static final FloatVector C0 = of(0.04166664555668831f);
    static final FloatVector C1 = of(-0.001388736185617745f);
    static final FloatVector C2 = of(2.4437727915938012e-05f);

    static final FloatVector TWO_OVER_PI = of((float) (2 / Math.PI));
    /** Minus pi / 2 in three parts, each the float nearest to what is left; the last from more digits than a double holds. */
    private static final float HALF_PI_HIGH = (float) (Math.PI / 2);
    private static final float HALF_PI_MIDDLE = (float) (Math.PI / 2 - HALF_PI_HIGH);
    static final FloatVector MINUS_HALF_PI_1 = of(-HALF_PI_HIGH);
    static final FloatVector MINUS_HALF_PI_2 = of(-HALF_PI_MIDDLE);
    static final FloatVector MINUS_HALF_PI_3 = of(-(float) (Math.PI / 2 - HALF_PI_HIGH - HALF_PI_MIDDLE + 6.123233995736766e-17));

    // sin a = a + a^3 (H0 + H1 a^2 + ...), cos a = 1 - a^2 / 2 + a^4 (G0 + ...) for |a| <= pi / 2: half-angles, to 2^-27 and 2^-32.
    static final FloatVector H0 = of(-0.16666658222675323f);
    static final FloatVector H1 = of(0.008333050645887852f);
    static final FloatVector H2 = of(-0.00019809075456578285f);
    static final FloatVector H3 = of(2.6052248358610086e-06f);
    static final FloatVector G0 = of(0.04166663810610771f);
    static final FloatVector G1 = of(-0.0013888361863791943f);
    static final FloatVector G2 = of(2.476016197761055e-05f);
    static final FloatVector G3 = of(-2.605149518331018e-07f);

    private VectorConstants() {}

    private static FloatVector of(float value) {
        return FloatVector.broadcast(S, value);
    }
}
