package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions and activations over blocks.
 *
 * <p>What does not fill a vector at the end is covered by one vector that overlaps the one before; it is computed before anything is
 * stored, so that a block may be its own output. Fewer entries than lanes go through a scratch vector. Every entry thus sees the
 * same instructions wherever it lies.
 */
final class VectorFunctions {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorFunctions() {}

    static void exp(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.exp(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.exp(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.exp(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void log(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.log(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.log(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.log(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.tanh(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.tanh(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.tanh(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.sigmoid(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.sigmoid(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.sigmoid(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void silu(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.silu(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.silu(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.silu(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void softplus(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.softplus(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.softplus(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.softplus(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void mish(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.mish(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.mish(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.mish(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void elu(int n, float alpha, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.elu(FloatVector.fromArray(S, lanes, 0), alpha).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.elu(FloatVector.fromArray(S, x, xo + last), alpha);
        for (int i = 0; i < last; i += L) {
            VectorMath.elu(FloatVector.fromArray(S, x, xo + i), alpha).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    static void sin(int n, float[] x, int xo, float[] y, int yo) {
        if (!VectorMath.reducible(n, x, xo)) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = sinOfOne(x[xo + i]);
            }
            return;
        }
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.sin(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.sin(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.sin(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    private static float sinOfOne(float x) {
        if (!VectorMath.reducible(x)) return (float) Math.sin(x);
        float[] lanes = Lanes.scratch();
        VectorMath.sin(FloatVector.broadcast(S, x)).intoArray(lanes, 0);
        return lanes[0];
    }

    static void cos(int n, float[] x, int xo, float[] y, int yo) {
        if (!VectorMath.reducible(n, x, xo)) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = cosOfOne(x[xo + i]);
            }
            return;
        }
        if (n < L) {
            float[] lanes = Lanes.load(n, x, xo);
            VectorMath.cos(FloatVector.fromArray(S, lanes, 0)).intoArray(lanes, 0);
            Lanes.store(n, y, yo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.cos(FloatVector.fromArray(S, x, xo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.cos(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        tail.intoArray(y, yo + last);
    }

    private static float cosOfOne(float x) {
        if (!VectorMath.reducible(x)) return (float) Math.cos(x);
        float[] lanes = Lanes.scratch();
        VectorMath.cos(FloatVector.broadcast(S, x)).intoArray(lanes, 0);
        return lanes[0];
    }

}
