package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums, extrema and softmax.
 *
 * <p>Lanes are added by an explicit tree and never by the lane reduction of the Vector API, whose order is left open and may change
 * between the interpreter and the compiler.
 */
final class VectorReductions {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorReductions() {}

    static float sum(int n, float[] x, int xo) {
        if (n < L) {
            float rest = 0;
            for (int i = 0; i < n; i++) {
                rest += x[xo + i];
            }
            return rest;
        }
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i + 4 * L <= n; i += 4 * L) {
            s0 = s0.add(FloatVector.fromArray(S, x, xo + i));
            s1 = s1.add(FloatVector.fromArray(S, x, xo + i + L));
            s2 = s2.add(FloatVector.fromArray(S, x, xo + i + 2 * L));
            s3 = s3.add(FloatVector.fromArray(S, x, xo + i + 3 * L));
        }
        for (; i + L <= n; i += L) {
            s0 = s0.add(FloatVector.fromArray(S, x, xo + i));
        }
        float rest = 0;
        for (; i < n; i++) {
            rest += x[xo + i];
        }
        float[] lanes = Lanes.scratch();
        s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
        return addLanes(lanes) + rest;
    }

    static float dot(int n, float[] x, int xo, float[] y, int yo) {
        if (n < L) {
            float rest = 0;
            for (int i = 0; i < n; i++) {
                rest = Math.fma(x[xo + i], y[yo + i], rest);
            }
            return rest;
        }
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int i = 0;
        for (; i + 4 * L <= n; i += 4 * L) {
            s0 = FloatVector.fromArray(S, x, xo + i).fma(FloatVector.fromArray(S, y, yo + i), s0);
            s1 = FloatVector.fromArray(S, x, xo + i + L).fma(FloatVector.fromArray(S, y, yo + i + L), s1);
            s2 = FloatVector.fromArray(S, x, xo + i + 2 * L).fma(FloatVector.fromArray(S, y, yo + i + 2 * L), s2);
            s3 = FloatVector.fromArray(S, x, xo + i + 3 * L).fma(FloatVector.fromArray(S, y, yo + i + 3 * L), s3);
        }
        for (; i + L <= n; i += L) {
            s0 = FloatVector.fromArray(S, x, xo + i).fma(FloatVector.fromArray(S, y, yo + i), s0);
        }
        float rest = 0;
        for (; i < n; i++) {
            rest = Math.fma(x[xo + i], y[yo + i], rest);
        }
        float[] lanes = Lanes.scratch();
        s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
        return addLanes(lanes) + rest;
    }

    private static float addLanes(float[] lanes) {
        for (int half = L / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    static float max(int n, float[] x, int xo) {
        FloatVector m = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i + L <= n; i += L) {
            m = m.max(FloatVector.fromArray(S, x, xo + i));
        }
        float[] lanes = Lanes.scratch();
        m.intoArray(lanes, 0);
        float largest = Float.NEGATIVE_INFINITY;
        for (; i < n; i++) {
            largest = Math.max(largest, x[xo + i]);
        }
        for (int j = 0; j < L; j++) {
            largest = Math.max(largest, lanes[j]);
        }
        return largest;
    }

    static float min(int n, float[] x, int xo) {
        FloatVector m = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
        int i = 0;
        for (; i + L <= n; i += L) {
            m = m.min(FloatVector.fromArray(S, x, xo + i));
        }
        float[] lanes = Lanes.scratch();
        m.intoArray(lanes, 0);
        float smallest = Float.POSITIVE_INFINITY;
        for (; i < n; i++) {
            smallest = Math.min(smallest, x[xo + i]);
        }
        for (int j = 0; j < L; j++) {
            smallest = Math.min(smallest, lanes[j]);
        }
        return smallest;
    }

    /** Computes the softmax of one group, or its logarithm. */
    static void softmax(boolean logarithm, int rows, int columns, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        int j = 0;
        for (; j + L <= columns; j += L) {
            if (logarithm) logSoftmaxLanes(rows, x, xo + j, xs, y, yo + j, ys);
            else softmaxLanes(rows, x, xo + j, xs, y, yo + j, ys);
        }
        for (; j < columns; j++) {
            softmaxColumn(logarithm, rows, x, xo + j, xs, y, yo + j, ys);
        }
    }

    private static FloatVector largest(int rows, float[] x, int xo, int xs) {
        FloatVector m = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        for (int r = 0; r < rows; r++) {
            m = m.max(FloatVector.fromArray(S, x, xo + r * xs));
        }
        return m;
    }

    private static void softmaxLanes(int rows, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        FloatVector m = largest(rows, x, xo, xs);
        FloatVector total = FloatVector.zero(S);
        for (int r = 0; r < rows; r++) {
            FloatVector e = VectorMath.exp(FloatVector.fromArray(S, x, xo + r * xs).sub(m));
            e.intoArray(y, yo + r * ys);
            total = total.add(e);
        }
        FloatVector factor = FloatVector.broadcast(S, 1).div(total);
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(S, y, yo + r * ys).mul(factor).intoArray(y, yo + r * ys);
        }
    }

    private static void logSoftmaxLanes(int rows, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        FloatVector m = largest(rows, x, xo, xs);
        FloatVector total = FloatVector.zero(S);
        for (int r = 0; r < rows; r++) {
            total = total.add(VectorMath.exp(FloatVector.fromArray(S, x, xo + r * xs).sub(m)));
        }
        FloatVector log = VectorMath.logPositive(total);
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(S, x, xo + r * xs).sub(m).sub(log).intoArray(y, yo + r * ys);
        }
    }

    /** Does one column with the scalar twins of exp and log: the same bits as in a lane. */
    private static void softmaxColumn(boolean logarithm, int rows, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        float m = Float.NEGATIVE_INFINITY;
        for (int r = 0; r < rows; r++) {
            m = Math.max(m, x[xo + r * xs]);
        }
        float total = 0;
        for (int r = 0; r < rows; r++) {
            float e = VectorMath.exp(x[xo + r * xs] - m);
            if (!logarithm) y[yo + r * ys] = e;
            total += e;
        }
        float factor = 1 / total;
        float log = logarithm ? VectorMath.logPositive(total) : 0;
        for (int r = 0; r < rows; r++) {
            y[yo + r * ys] = logarithm ? x[xo + r * xs] - m - log : y[yo + r * ys] * factor;
        }
    }
}
