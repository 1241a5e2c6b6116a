package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.VectorConstants.A0;
import static io.ponder.engine.tensor.VectorConstants.A1;
import static io.ponder.engine.tensor.VectorConstants.A2;
import static io.ponder.engine.tensor.VectorConstants.A3;
import static io.ponder.engine.tensor.VectorConstants.A4;
import static io.ponder.engine.tensor.VectorConstants.C0;
import static io.ponder.engine.tensor.VectorConstants.C1;
import static io.ponder.engine.tensor.VectorConstants.C2;
import static io.ponder.engine.tensor.VectorConstants.E0;
import static io.ponder.engine.tensor.VectorConstants.E1;
import static io.ponder.engine.tensor.VectorConstants.E2;
import static io.ponder.engine.tensor.VectorConstants.E3;
import static io.ponder.engine.tensor.VectorConstants.E4;
import static io.ponder.engine.tensor.VectorConstants.EXP_SAFE;
import static io.ponder.engine.tensor.VectorConstants.L0;
import static io.ponder.engine.tensor.VectorConstants.L1;
import static io.ponder.engine.tensor.VectorConstants.L2;
import static io.ponder.engine.tensor.VectorConstants.L3;
import static io.ponder.engine.tensor.VectorConstants.L4;
import static io.ponder.engine.tensor.VectorConstants.L5;
import static io.ponder.engine.tensor.VectorConstants.L6;
import static io.ponder.engine.tensor.VectorConstants.L7;
import static io.ponder.engine.tensor.VectorConstants.LN2_HIGH;
import static io.ponder.engine.tensor.VectorConstants.LN2_LOW;
import static io.ponder.engine.tensor.VectorConstants.LOG2_E;
import static io.ponder.engine.tensor.VectorConstants.MINUS_HALF;
import static io.ponder.engine.tensor.VectorConstants.MINUS_HALF_PI_1;
import static io.ponder.engine.tensor.VectorConstants.MINUS_HALF_PI_2;
import static io.ponder.engine.tensor.VectorConstants.MINUS_HALF_PI_3;
import static io.ponder.engine.tensor.VectorConstants.MINUS_LN2_HIGH;
import static io.ponder.engine.tensor.VectorConstants.MINUS_LN2_LOW;
import static io.ponder.engine.tensor.VectorConstants.ONE;
import static io.ponder.engine.tensor.VectorConstants.ONE_BITS;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER_BITS;
import static io.ponder.engine.tensor.VectorConstants.S0;
import static io.ponder.engine.tensor.VectorConstants.S1;
import static io.ponder.engine.tensor.VectorConstants.S2;
import static io.ponder.engine.tensor.VectorConstants.SQRT_HALF_BITS;
import static io.ponder.engine.tensor.VectorConstants.TWO_OVER_PI;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions and activations over blocks.
 *
 * <p>Largest errors, tested: exp, log, sigmoid, silu, softplus, tanh, elu, mish: 6e-7 relative; sin and cos: 2e-7 absolute.
 *
 * <p>Every loop is written out, polynomial included. A vector that crosses a call which the compiler decides not to inline becomes an
 * object, a hundred times slower; the compiler always inlines the Vector API itself, never helpers of ours in a large caller.
 *
 * <p>What does not fill a vector at the end goes through a scratch vector, so every entry sees the same instructions wherever it lies.
 */
final class VectorFunctions {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorFunctions() {}

    /**
     * Names a loop. The loops are virtual methods, which the compiler does not inline where three or more are used: all of them in one
     * caller would be more than it takes apart.
     */
    enum Function {
        EXP {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.exp(n, x, xo, y, yo);
            }
        },
        LOG {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.log(n, x, xo, y, yo);
            }
        },
        TANH {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.tanh(n, x, xo, y, yo);
            }
        },
        SIGMOID {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.sigmoid(n, x, xo, y, yo);
            }
        },
        SILU {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.silu(n, x, xo, y, yo);
            }
        },
        SOFTPLUS {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.softplus(n, x, xo, y, yo);
            }
        },
        ELU {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.elu(n, alpha, x, xo, y, yo);
            }
        },
        MISH {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.mish(n, x, xo, y, yo);
            }
        },
        SIN {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.turned(n, 0, x, xo, y, yo);
            }
        },
        COS {
            @Override
            void loop(int n, float alpha, float[] x, int xo, float[] y, int yo) {
                VectorFunctions.turned(n, 1, x, xo, y, yo);
            }
        };

        /** Computes y = f(x) for whole vectors. */
        abstract void loop(int n, float alpha, float[] x, int xo, float[] y, int yo);
    }

    /** Beyond this the three parts of pi / 2 are too few and the functions of {@link Math} are used. */
    private static final float LARGEST_ANGLE = 30000;

    /** Computes y = f(x); alpha is that of ELU. */
    static void apply(Function f, float alpha, int n, float[] x, int xo, float[] y, int yo) {
        if (f == Function.LOG && !within(n, x, xo, Float.MIN_NORMAL, Float.MAX_VALUE)
                || (f == Function.SIN || f == Function.COS) && !within(n, x, xo, -LARGEST_ANGLE, LARGEST_ANGLE)) {
            oneByOne(f, n, x, xo, y, yo);
            return;
        }
        int rest = n % L;
        int whole = n - rest;
        if (whole > 0) f.loop(whole, alpha, x, xo, y, yo);
        if (rest > 0) {
            float[] lanes = Lanes.load(rest, x, xo + whole);
            f.loop(L, alpha, lanes, 0, lanes, 0);
            Lanes.store(rest, y, yo + whole);
        }
    }

    /** Returns whether all of a block is in a range; NaN says no. */
    private static boolean within(int n, float[] x, int xo, float low, float high) {
        int i = 0;
        for (; i + L <= n; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            if (!v.compare(GE, low).and(v.compare(LE, high)).allTrue()) return false;
        }
        for (; i < n; i++) {
            if (!(x[xo + i] >= low && x[xo + i] <= high)) return false;
        }
        return true;
    }

    /** Computes ordinary numbers as the loops do and leaves the others to {@link Math}. */
    private static void oneByOne(Function f, int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            if (f == Function.LOG) {
                y[yo + i] = v >= Float.MIN_NORMAL && v <= Float.MAX_VALUE ? ScalarTwins.logPositive(v) : (float) Math.log(v);
            } else if (Math.abs(v) <= LARGEST_ANGLE) {
                apply(f, 0, 1, x, xo + i, y, yo + i);
            } else {
                y[yo + i] = (float) (f == Function.SIN ? Math.sin(v) : Math.cos(v));
            }
        }
    }

    /** Gradual underflow and overflow to infinity: 2^k is applied in two factors, each of which is a normal number. */
    private static void exp(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector a = x.blend(89, x.compare(GT, 89));
            FloatVector c = a.blend(-104, a.compare(LT, -104));
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            IntVector power = t.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = power.lanewise(ASHR, 1);
            FloatVector first = half.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector second = power.sub(half).lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector y = q.add(1).mul(first).mul(second);
            y.intoArray(ys, yo + i);
        }
    }

    /** For positive normal numbers: x = 2^k (1 + f), and f is split off before anything is rounded. */
    private static void log(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            IntVector bits = x.reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
            FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1);
            FloatVector k = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
            FloatVector square = f.mul(f);
            FloatVector p = f.fma(L7, L6).fma(f, L5).fma(f, L4).fma(f, L3).fma(f, L2).fma(f, L1).fma(f, L0);
            FloatVector rest = square.fma(MINUS_HALF, k.fma(LN2_LOW, p.mul(f).mul(square)));
            FloatVector y = k.fma(LN2_HIGH, f.add(rest));
            y.intoArray(ys, yo + i);
        }
    }

    /** With m = exp(2 |x|) - 1: m / (m + 2), with the sign of x. Above 10 it is 1 in float. */
    private static void tanh(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector size = x.abs();
            FloatVector a = size.blend(10, size.compare(GT, 10));
            FloatVector c = a.add(a);
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector m = q.fma(scale, scale.sub(1));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector y = m.div(m.add(2)).reinterpretAsInts().or(sign).reinterpretAsFloats();
            y.intoArray(ys, yo + i);
        }
    }

    /** 1 / (1 + exp(-x)). */
    private static void sigmoid(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector a = x.blend(EXP_SAFE, x.compare(GT, EXP_SAFE));
            FloatVector c = a.blend(-EXP_SAFE, a.compare(LT, -EXP_SAFE)).neg();
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector y = ONE.div(e.add(1));
            y.intoArray(ys, yo + i);
        }
    }

    /** x / (1 + exp(-x)). */
    private static void silu(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector b = x.blend(-EXP_SAFE, x.compare(LT, -EXP_SAFE));
            FloatVector c = b.blend(EXP_SAFE, b.compare(GT, EXP_SAFE)).neg();
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector y = b.div(e.add(1));
            y.intoArray(ys, yo + i);
        }
    }

    /** With e = exp(-|x|): max(x, 0) + ln(1 + e), and ln(1 + e) = 2 atanh(e / (2 + e)), which does not cancel for small e. */
    private static void softplus(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector size = x.abs();
            FloatVector c = size.blend(EXP_SAFE, size.compare(GT, EXP_SAFE)).neg();
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector s = e.div(e.add(2));
            FloatVector z = s.mul(s);
            FloatVector p = z.fma(A4, A3).fma(z, A2).fma(z, A1).fma(z, A0);
            FloatVector log = p.fma(z.mul(s), s);
            FloatVector y = x.blend(0, x.compare(LT, 0)).add(log.add(log));
            y = y.blend(x, x.compare(GT, 20));
            y.intoArray(ys, yo + i);
        }
    }

    /** alpha (exp(x) - 1) below 0. */
    private static void elu(int n, float alpha, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector a = x.blend(0, x.compare(GT, 0));
            FloatVector c = a.blend(-EXP_SAFE, a.compare(LT, -EXP_SAFE));
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector m = q.fma(scale, scale.sub(1));
            FloatVector y = m.mul(alpha).blend(x, x.compare(GT, 0));
            y.intoArray(ys, yo + i);
        }
    }

    /** With e = exp x and w = e^2 + 2 e: tanh(ln(1 + e)) = w / (w + 2). */
    private static void mish(int n, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector b = x.blend(-EXP_SAFE, x.compare(LT, -EXP_SAFE));
            FloatVector c = b.blend(20, b.compare(GT, 20));
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector w = e.fma(e, e.add(e));
            FloatVector y = b.mul(w.div(w.add(2)));
            y.intoArray(ys, yo + i);
        }
    }

    /** sin(x + quarters pi / 2): quarters 1 and 3 take the cosine, 2 and 3 change the sign; by bits, because masks are slow before Java 18. */
    private static void turned(int n, int quarters, float[] xs, int xo, float[] ys, int yo) {
        for (int i = 0; i < n; i += L) {
            FloatVector x = FloatVector.fromArray(S, xs, xo + i);
            FloatVector t = x.fma(TWO_OVER_PI, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_HALF_PI_3, k.fma(MINUS_HALF_PI_2, k.fma(MINUS_HALF_PI_1, x)));
            FloatVector z = r.mul(r);
            FloatVector sine = z.fma(S2, S1).fma(z, S0).mul(z).fma(r, r);
            FloatVector cosine = z.fma(C2, C1).fma(z, C0).fma(z, MINUS_HALF).fma(z, ONE);
            IntVector quarter = t.reinterpretAsInts().add(quarters);
            IntVector either = sine.reinterpretAsInts();
            IntVector swap = cosine.reinterpretAsInts().lanewise(XOR, either).and(quarter.and(1).neg());
            IntVector sign = quarter.and(2).lanewise(LSHL, 30);
            FloatVector y = either.lanewise(XOR, swap).lanewise(XOR, sign).reinterpretAsFloats();
            y.intoArray(ys, yo + i);
        }
    }
}
