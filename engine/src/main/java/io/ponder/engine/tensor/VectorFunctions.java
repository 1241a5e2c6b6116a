package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions and activations over blocks.
 *
 * <p>What does not fill a vector at the end goes through a scratch vector in the last round of the same loop, so that every entry sees the
 * same instructions wherever it lies. A function is called in one place only: called in a second, rarely run one it is not inlined
 * there, and a vector that lives across the loop is put into an object in every round.
 */
final class VectorFunctions {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorFunctions() {}

    static void exp(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.exp(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void log(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.log(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void tanh(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.tanh(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void sigmoid(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.sigmoid(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void silu(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.silu(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void softplus(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.softplus(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void mish(int n, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.mish(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void elu(int n, float alpha, float[] x, int xo, float[] y, int yo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.elu(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i), alpha).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    static void sin(int n, float[] x, int xo, float[] y, int yo) {
        if (!VectorMath.reducible(n, x, xo)) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = sinOfOne(x[xo + i]);
            }
            return;
        }
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.sin(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
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
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, x, xo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            VectorMath.cos(FloatVector.fromArray(S, last ? lanes : x, last ? 0 : xo + i)).intoArray(last ? lanes : y, last ? 0 : yo + i);
        }
        Lanes.store(rest, y, yo + whole);
    }

    private static float cosOfOne(float x) {
        if (!VectorMath.reducible(x)) return (float) Math.cos(x);
        float[] lanes = Lanes.scratch();
        VectorMath.cos(FloatVector.broadcast(S, x)).intoArray(lanes, 0);
        return lanes[0];
    }
}
