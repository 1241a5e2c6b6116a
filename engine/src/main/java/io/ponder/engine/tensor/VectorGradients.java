package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.VectorConstants.E0;
import static io.ponder.engine.tensor.VectorConstants.E1;
import static io.ponder.engine.tensor.VectorConstants.E2;
import static io.ponder.engine.tensor.VectorConstants.E3;
import static io.ponder.engine.tensor.VectorConstants.E4;
import static io.ponder.engine.tensor.VectorConstants.EXP_SAFE;
import static io.ponder.engine.tensor.VectorConstants.LOG2_E;
import static io.ponder.engine.tensor.VectorConstants.MINUS_LN2_HIGH;
import static io.ponder.engine.tensor.VectorConstants.MINUS_LN2_LOW;
import static io.ponder.engine.tensor.VectorConstants.ONE;
import static io.ponder.engine.tensor.VectorConstants.ONE_BITS;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives of the activations over blocks, to 2e-6 of the largest slope.
 *
 * <p>Every loop is written out, polynomial included. A vector that crosses a call which the compiler decides not to inline becomes an
 * object, a hundred times slower; the compiler always inlines the Vector API itself, never helpers of ours in a large caller.
 *
 * <p>What does not fill a vector at the end goes through a scratch vector, so every entry sees the same instructions wherever it lies.
 */
final class VectorGradients {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGradients() {}

    /** The loops in the order of {@link Activation}; virtual for the reason told at {@link VectorFunctions.Function}. */
    private enum Slope {
        IDENTITY {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                System.arraycopy(dy, dyo, dx, dxo, n);
            }
        },
        RELU {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.relu(n, s, so, dy, dyo, dx, dxo);
            }
        },
        TANH {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.tanh(n, s, so, dy, dyo, dx, dxo);
            }
        },
        SIGMOID {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.sigmoid(n, s, so, dy, dyo, dx, dxo);
            }
        },
        SILU {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.silu(n, s, so, dy, dyo, dx, dxo);
            }
        },
        SOFTPLUS {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.softplus(n, s, so, dy, dyo, dx, dxo);
            }
        },
        ELU {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.elu(n, alpha, s, so, dy, dyo, dx, dxo);
            }
        },
        MISH {
            @Override
            void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
                VectorGradients.mish(n, s, so, dy, dyo, dx, dxo);
            }
        };

        private static final Slope[] BY_ACTIVATION = values();

        /** Computes dx = dy f'(s) for whole vectors. */
        abstract void loop(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo);
    }

    /** Computes dx = dy f'(s), s being what {@link Activation#savesInput()} says; alpha is that of ELU. */
    @SuppressWarnings("EnumOrdinal") // A look-up in an array that the enum itself fills, on a hot path.
    static void apply(Activation f, float alpha, int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        Slope slope = Slope.BY_ACTIVATION[f.ordinal()];
        int rest = n % L;
        int whole = n - rest;
        if (whole > 0) slope.loop(whole, alpha, s, so, dy, dyo, dx, dxo);
        if (rest > 0) {
            float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
            slope.loop(L, alpha, lanes, 0, lanes, L, lanes, 0);
            Lanes.store(rest, dx, dxo + whole);
        }
    }

    /** 0 where y is 0. */
    private static void relu(int n, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector g = dy.blend(0, s.compare(LE, 0));
            g.intoArray(dxs, dxo + i);
        }
    }

    /** 1 - y^2. */
    private static void tanh(int n, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector g = dy.mul(ONE.sub(s.mul(s)));
            g.intoArray(dxs, dxo + i);
        }
    }

    /** y (1 - y). */
    private static void sigmoid(int n, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector g = dy.mul(s.mul(ONE.sub(s)));
            g.intoArray(dxs, dxo + i);
        }
    }

    /** With w = sigmoid x: w (1 + x (1 - w)). */
    private static void silu(int n, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector a = s.blend(EXP_SAFE, s.compare(GT, EXP_SAFE));
            FloatVector x = a.blend(-EXP_SAFE, a.compare(LT, -EXP_SAFE));
            FloatVector c = x.neg();
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector w = ONE.div(e.add(1));
            FloatVector g = dy.mul(w.mul(x.fma(ONE.sub(w), ONE)));
            g.intoArray(dxs, dxo + i);
        }
    }

    /** Sigmoid of x. */
    private static void softplus(int n, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector a = s.blend(EXP_SAFE, s.compare(GT, EXP_SAFE));
            FloatVector c = a.blend(-EXP_SAFE, a.compare(LT, -EXP_SAFE)).neg();
            FloatVector t = c.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, c));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector g = dy.mul(ONE.div(e.add(1)));
            g.intoArray(dxs, dxo + i);
        }
    }

    /** y + alpha at and below 0. */
    private static void elu(int n, float alpha, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector g = dy.mul(s.add(alpha)).blend(dy, s.compare(GT, 0));
            g.intoArray(dxs, dxo + i);
        }
    }

    /** With e = exp x, w = e^2 + 2 e and d = w + 2: (w d + 4 x e (1 + e)) / d^2. */
    private static void mish(int n, float[] saved, int so, float[] dys, int dyo, float[] dxs, int dxo) {
        for (int i = 0; i < n; i += L) {
            FloatVector s = FloatVector.fromArray(S, saved, so + i);
            FloatVector dy = FloatVector.fromArray(S, dys, dyo + i);
            FloatVector a = s.blend(20, s.compare(GT, 20));
            FloatVector x = a.blend(-EXP_SAFE, a.compare(LT, -EXP_SAFE));
            FloatVector t = x.fma(LOG2_E, ROUNDER);
            FloatVector k = t.sub(ROUNDER);
            FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
            FloatVector q = r.fma(E4, E3).fma(r, E2).fma(r, E1).fma(r, E0).fma(r.mul(r), r);
            FloatVector scale = t.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
            FloatVector e = q.fma(scale, scale);
            FloatVector w = e.fma(e, e.add(e));
            FloatVector d = w.add(2);
            FloatVector product = e.fma(e, e).mul(x).mul(4);
            FloatVector g = dy.mul(w.fma(d, product).div(d.mul(d)));
            g.intoArray(dxs, dxo + i);
        }
    }
}
