package io.ponder.engine.tensor;

import java.util.Arrays;
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

    /** Columns of a block of the softmax. */
    private static final int BLOCK = 256;

    /** Largest entry, sum and one row of terms of a block. */
    private static final ThreadLocal<float[]> SOFTMAX = ThreadLocal.withInitial(() -> new float[3 * BLOCK]);

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
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
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
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
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

    /** Computes the softmax of one group, or its logarithm: blocks of columns by whole vectors, the last columns one by one. */
    static void softmax(boolean logarithm, int rows, int columns, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        if (rows == 0) return;
        int whole = columns - columns % L;
        for (int j = 0; j < whole; j += BLOCK) {
            softmaxBlock(logarithm, rows, Math.min(BLOCK, whole - j), x, xo + j, xs, y, yo + j, ys);
        }
        for (int j = whole; j < columns; j++) {
            softmaxColumn(logarithm, rows, x, xo + j, xs, y, yo + j, ys);
        }
    }

    private static void softmaxBlock(boolean logarithm, int rows, int n, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        float[] scratch = SOFTMAX.get();
        int total = BLOCK;
        int term = 2 * BLOCK;
        System.arraycopy(x, xo, scratch, 0, n);
        for (int r = 1; r < rows; r++) {
            VectorArithmetic.max(n, scratch, 0, x, xo + r * xs, scratch, 0);
        }
        Arrays.fill(scratch, total, total + n, 0);
        for (int r = 0; r < rows; r++) {
            int at = yo + r * ys;
            VectorArithmetic.subtract(n, x, xo + r * xs, scratch, 0, y, at);
            float[] terms = logarithm ? scratch : y;
            int to = logarithm ? term : at;
            VectorFunctions.apply(VectorFunctions.Function.EXP, 0, n, y, at, terms, to);
            VectorArithmetic.add(n, scratch, total, terms, to, scratch, total);
        }
        if (logarithm) VectorFunctions.apply(VectorFunctions.Function.LOG, 0, n, scratch, total, scratch, total);
        else VectorArithmetic.reciprocal(n, scratch, total, scratch, total);
        for (int r = 0; r < rows; r++) {
            int at = yo + r * ys;
            if (logarithm) VectorArithmetic.subtract(n, y, at, scratch, total, y, at);
            else VectorArithmetic.times(n, y, at, scratch, total, y, at);
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
            float e = ScalarTwins.exp(x[xo + r * xs] - m);
            if (!logarithm) y[yo + r * ys] = e;
            total += e;
        }
        float factor = 1 / total;
        float log = logarithm ? ScalarTwins.logPositive(total) : 0;
        for (int r = 0; r < rows; r++) {
            y[yo + r * ys] = logarithm ? x[xo + r * xs] - m - log : y[yo + r * ys] * factor;
        }
    }
}
