package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reductions down the columns of a matrix and what builds on them. Two or four vectors of columns go through all rows together: their sums stay in registers,
 * and what is read again lies in the first-level cache. Every column is one chain in ascending rows.
 */
final class VectorColumns {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int WIDE = 4 * L;

    private VectorColumns() {}

    /** Adds the sums of the columns to out, for whole vectors; returns the first column that is left over. */
    static int sum(int rows, int columns, float[] x, int xo, int xs, float[] out, int oo) {
        int j = 0;
        for (; j + WIDE <= columns; j += WIDE) sumWide(rows, x, xo + j, xs, out, oo + j);
        for (; j + L <= columns; j += L) {
            FloatVector s = FloatVector.fromArray(S, out, oo + j);
            for (int i = 0; i < rows; i++) s = s.add(FloatVector.fromArray(S, x, xo + j + i * xs));
            s.intoArray(out, oo + j);
        }
        return j;
    }

    private static void sumWide(int rows, float[] x, int xo, int xs, float[] out, int oo) {
        FloatVector s0 = FloatVector.fromArray(S, out, oo);
        FloatVector s1 = FloatVector.fromArray(S, out, oo + L);
        FloatVector s2 = FloatVector.fromArray(S, out, oo + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, out, oo + 3 * L);
        for (int i = 0; i < rows; i++) {
            int at = xo + i * xs;
            s0 = s0.add(FloatVector.fromArray(S, x, at));
            s1 = s1.add(FloatVector.fromArray(S, x, at + L));
            s2 = s2.add(FloatVector.fromArray(S, x, at + 2 * L));
            s3 = s3.add(FloatVector.fromArray(S, x, at + 3 * L));
        }
        s0.intoArray(out, oo);
        s1.intoArray(out, oo + L);
        s2.intoArray(out, oo + 2 * L);
        s3.intoArray(out, oo + 3 * L);
    }

    /** Does {@link Kernels#normaliseColumns} for whole vectors; returns the first column that is left over. */
    static int normalise(int rows, int columns, float epsilon, float[] x, int xo, int xs, float[] y, int yo, int ys, float[] inverse, int io) {
        int j = 0;
        for (; j + 2 * L <= columns; j += 2 * L) normaliseWide(rows, epsilon, x, xo + j, xs, y, yo + j, ys, inverse, io + j);
        for (; j + L <= columns; j += L) normaliseNarrow(rows, epsilon, x, xo + j, xs, y, yo + j, ys, inverse, io + j);
        return j;
    }

    private static void normaliseNarrow(int rows, float epsilon, float[] x, int xo, int xs, float[] y, int yo, int ys, float[] inverse, int io) {
        float share = 1f / rows;
        FloatVector mean = FloatVector.zero(S);
        for (int i = 0; i < rows; i++) mean = mean.add(FloatVector.fromArray(S, x, xo + i * xs));
        mean = mean.mul(share);
        FloatVector q = FloatVector.zero(S);
        for (int i = 0; i < rows; i++) {
            FloatVector d = FloatVector.fromArray(S, x, xo + i * xs).sub(mean);
            d.intoArray(y, yo + i * ys);
            q = q.add(d.mul(d));
        }
        FloatVector r = FloatVector.broadcast(S, 1).div(q.mul(share).add(epsilon).sqrt());
        r.intoArray(inverse, io);
        for (int i = 0; i < rows; i++) FloatVector.fromArray(S, y, yo + i * ys).mul(r).intoArray(y, yo + i * ys);
    }

    private static void normaliseWide(int rows, float epsilon, float[] x, int xo, int xs, float[] y, int yo, int ys, float[] inverse, int io) {
        float share = 1f / rows;
        FloatVector m0 = FloatVector.zero(S);
        FloatVector m1 = FloatVector.zero(S);
        for (int i = 0; i < rows; i++) {
            m0 = m0.add(FloatVector.fromArray(S, x, xo + i * xs));
            m1 = m1.add(FloatVector.fromArray(S, x, xo + i * xs + L));
        }
        m0 = m0.mul(share);
        m1 = m1.mul(share);
        FloatVector q0 = FloatVector.zero(S);
        FloatVector q1 = FloatVector.zero(S);
        for (int i = 0; i < rows; i++) {
            FloatVector d = FloatVector.fromArray(S, x, xo + i * xs).sub(m0);
            d.intoArray(y, yo + i * ys);
            q0 = q0.add(d.mul(d));
            d = FloatVector.fromArray(S, x, xo + i * xs + L).sub(m1);
            d.intoArray(y, yo + i * ys + L);
            q1 = q1.add(d.mul(d));
        }
        FloatVector one = FloatVector.broadcast(S, 1);
        FloatVector r0 = one.div(q0.mul(share).add(epsilon).sqrt());
        FloatVector r1 = one.div(q1.mul(share).add(epsilon).sqrt());
        r0.intoArray(inverse, io);
        r1.intoArray(inverse, io + L);
        for (int i = 0; i < rows; i++) {
            FloatVector.fromArray(S, y, yo + i * ys).mul(r0).intoArray(y, yo + i * ys);
            FloatVector.fromArray(S, y, yo + i * ys + L).mul(r1).intoArray(y, yo + i * ys + L);
        }
    }

    /** Does {@link Kernels#normaliseColumnsGradient} for whole vectors; returns the first column that is left over. */
    static int normaliseGradient(
            int rows, int columns, float[] y, int yo, int ys, float[] inverse, int io, float[] dy, int go, int gs, float[] dx, int xo, int xs) {
        int j = 0;
        for (; j + 2 * L <= columns; j += 2 * L) {
            gradientWide(rows, y, yo + j, ys, inverse, io + j, dy, go + j, gs, dx, xo + j, xs);
        }
        for (; j + L <= columns; j += L) gradientNarrow(rows, y, yo + j, ys, inverse, io + j, dy, go + j, gs, dx, xo + j, xs);
        return j;
    }

    private static void gradientNarrow(
            int rows, float[] y, int yo, int ys, float[] inverse, int io, float[] dy, int go, int gs, float[] dx, int xo, int xs) {
        float share = 1f / rows;
        FloatVector a = FloatVector.zero(S);
        FloatVector b = a;
        for (int i = 0; i < rows; i++) {
            FloatVector g = FloatVector.fromArray(S, dy, go + i * gs);
            a = a.add(g);
            b = b.add(g.mul(FloatVector.fromArray(S, y, yo + i * ys)));
        }
        a = a.mul(share);
        b = b.mul(share);
        FloatVector r = FloatVector.fromArray(S, inverse, io);
        for (int i = 0; i < rows; i++) {
            FloatVector back = FloatVector.fromArray(S, y, yo + i * ys).mul(b);
            FloatVector.fromArray(S, dy, go + i * gs).sub(a).sub(back).mul(r).intoArray(dx, xo + i * xs);
        }
    }

    private static void gradientWide(
            int rows, float[] y, int yo, int ys, float[] inverse, int io, float[] dy, int go, int gs, float[] dx, int xo, int xs) {
        float share = 1f / rows;
        FloatVector a0 = FloatVector.zero(S);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        for (int i = 0; i < rows; i++) {
            FloatVector g = FloatVector.fromArray(S, dy, go + i * gs);
            a0 = a0.add(g);
            b0 = b0.add(g.mul(FloatVector.fromArray(S, y, yo + i * ys)));
            g = FloatVector.fromArray(S, dy, go + i * gs + L);
            a1 = a1.add(g);
            b1 = b1.add(g.mul(FloatVector.fromArray(S, y, yo + i * ys + L)));
        }
        a0 = a0.mul(share);
        a1 = a1.mul(share);
        b0 = b0.mul(share);
        b1 = b1.mul(share);
        FloatVector r0 = FloatVector.fromArray(S, inverse, io);
        FloatVector r1 = FloatVector.fromArray(S, inverse, io + L);
        for (int i = 0; i < rows; i++) {
            FloatVector back = FloatVector.fromArray(S, y, yo + i * ys).mul(b0);
            FloatVector.fromArray(S, dy, go + i * gs).sub(a0).sub(back).mul(r0).intoArray(dx, xo + i * xs);
            back = FloatVector.fromArray(S, y, yo + i * ys + L).mul(b1);
            FloatVector.fromArray(S, dy, go + i * gs + L).sub(a1).sub(back).mul(r1).intoArray(dx, xo + i * xs + L);
        }
    }
}
