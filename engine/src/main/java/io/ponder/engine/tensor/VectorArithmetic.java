package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic over blocks: whole vectors first, the rest one by one with the same roundings, so that a place in the block changes no bit. */
final class VectorArithmetic {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorArithmetic() {}

    static void add(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.add(vy).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = x[xo + i] + y[yo + i];
        }
    }

    static void subtract(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.sub(vy).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = x[xo + i] - y[yo + i];
        }
    }

    static void times(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.mul(vy).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = x[xo + i] * y[yo + i];
        }
    }

    static void divide(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.div(vy).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = x[xo + i] / y[yo + i];
        }
    }

    static void timesAdd(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            FloatVector vz = FloatVector.fromArray(S, z, zo + i);
            vx.fma(vy, vz).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = Math.fma(x[xo + i], y[yo + i], z[zo + i]);
        }
    }

    static void axpy(int n, float factor, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.fma(FloatVector.broadcast(S, factor), vy).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.fma(x[xo + i], factor, y[yo + i]);
        }
    }

    static void scale(int n, float factor, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            vx.mul(factor).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = x[xo + i] * factor;
        }
    }

    static void shift(int n, float value, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            vx.add(value).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = x[xo + i] + value;
        }
    }

    static void affine(int n, float factor, float shift, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            vx.fma(FloatVector.broadcast(S, factor), FloatVector.broadcast(S, shift)).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.fma(x[xo + i], factor, shift);
        }
    }

    static void clamp(int n, float low, float high, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            vx.max(low).min(high).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
        }
    }

    static void relu(int n, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            vx.max(0).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0);
        }
    }

    static void max(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.max(vy).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = Math.max(x[xo + i], y[yo + i]);
        }
    }

    static void min(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector vy = FloatVector.fromArray(S, y, yo + i);
            vx.min(vy).intoArray(z, zo + i);
        }
        for (; i < n; i++) {
            z[zo + i] = Math.min(x[xo + i], y[yo + i]);
        }
    }

    static void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            FloatVector.broadcast(S, 1).div(vx).intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = 1 / x[xo + i];
        }
    }

    static void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        int end = n - n % L;
        for (; i < end; i += L) {
            FloatVector vx = FloatVector.fromArray(S, x, xo + i);
            vx.sqrt().intoArray(y, yo + i);
        }
        for (; i < n; i++) {
            y[yo + i] = (float) Math.sqrt(x[xo + i]);
        }
    }

}
