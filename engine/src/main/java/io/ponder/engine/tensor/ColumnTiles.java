package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Micro-kernels on a transposed A and few columns of B, neither of them packed: a lane is a row, because the columns would not fill a vector.
 *
 * <p>{@code tileVxN} adds the product of V vectors of rows, entry (p, i) of A being {@code a[ao + p * as + i]}, and N columns of B, entry (p, j)
 * being {@code b[bo + p * bs + j * bc]}, to a tile of C that lies column by column. Every entry is one chain in ascending p. Eight chains hide
 * the latency of a fused multiply-add. The methods are written out for the reason that {@link PackedTiles} gives.
 */
final class ColumnTiles {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private ColumnTiles() {}

    /** Returns how many columns the next tile takes: 4, 2 or 1. */
    static int columns(int left) {
        return left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }

    /** Returns how many vectors of rows the next tile takes, for a number of columns from {@link #columns}; the last one may be part of a vector. */
    static int vectors(int columns, int rowsLeft) {
        int most = 8 / columns;
        if (rowsLeft >= most * L) return most;
        return columns == 1 && rowsLeft >= 2 * L ? 2 : 1;
    }

    /** Runs the tile of these vectors and columns. */
    static void run(
            int vectors, int columns, int k, float[] a, int ao, int as, float[] b, int bo, int bs, int bc, float[] c, int co) {
        if (columns == 1) {
            if (vectors == 8) tile8x1(k, a, ao, as, b, bo, bs, c, co);
            else if (vectors == 2) tile2x1(k, a, ao, as, b, bo, bs, c, co);
            else tile1x1(k, a, ao, as, b, bo, bs, c, co);
        } else if (columns == 2) {
            if (vectors == 4) tile4x2(k, a, ao, as, b, bo, bs, bc, c, co);
            else tile1x2(k, a, ao, as, b, bo, bs, bc, c, co);
        } else {
            if (vectors == 2) tile2x4(k, a, ao, as, b, bo, bs, bc, c, co);
            else tile1x4(k, a, ao, as, b, bo, bs, bc, c, co);
        }
    }

    static void tile8x1(int k, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + L);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * L);
        FloatVector c40 = FloatVector.fromArray(S, c, co + 4 * L);
        FloatVector c50 = FloatVector.fromArray(S, c, co + 5 * L);
        FloatVector c60 = FloatVector.fromArray(S, c, co + 6 * L);
        FloatVector c70 = FloatVector.fromArray(S, c, co + 7 * L);
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(FloatVector.fromArray(S, a, at), c00);
            c10 = x.fma(FloatVector.fromArray(S, a, at + L), c10);
            c20 = x.fma(FloatVector.fromArray(S, a, at + 2 * L), c20);
            c30 = x.fma(FloatVector.fromArray(S, a, at + 3 * L), c30);
            c40 = x.fma(FloatVector.fromArray(S, a, at + 4 * L), c40);
            c50 = x.fma(FloatVector.fromArray(S, a, at + 5 * L), c50);
            c60 = x.fma(FloatVector.fromArray(S, a, at + 6 * L), c60);
            c70 = x.fma(FloatVector.fromArray(S, a, at + 7 * L), c70);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + L);
        c20.intoArray(c, co + 2 * L);
        c30.intoArray(c, co + 3 * L);
        c40.intoArray(c, co + 4 * L);
        c50.intoArray(c, co + 5 * L);
        c60.intoArray(c, co + 6 * L);
        c70.intoArray(c, co + 7 * L);
    }

    static void tile2x1(int k, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + L);
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(FloatVector.fromArray(S, a, at), c00);
            c10 = x.fma(FloatVector.fromArray(S, a, at + L), c10);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + L);
    }

    static void tile1x1(int k, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(FloatVector.fromArray(S, a, at), c00);
        }
        c00.intoArray(c, co);
    }

    static void tile4x2(int k, float[] a, int ao, int as, float[] b, int bo, int bs, int bc, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + L);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * L);
        FloatVector c01 = FloatVector.fromArray(S, c, co + 4 * L);
        FloatVector c11 = FloatVector.fromArray(S, c, co + 5 * L);
        FloatVector c21 = FloatVector.fromArray(S, c, co + 6 * L);
        FloatVector c31 = FloatVector.fromArray(S, c, co + 7 * L);
        int b1 = bo + bc;
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector a0 = FloatVector.fromArray(S, a, at);
            FloatVector a1 = FloatVector.fromArray(S, a, at + L);
            FloatVector a2 = FloatVector.fromArray(S, a, at + 2 * L);
            FloatVector a3 = FloatVector.fromArray(S, a, at + 3 * L);
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(a0, c00);
            c10 = x.fma(a1, c10);
            c20 = x.fma(a2, c20);
            c30 = x.fma(a3, c30);
            x = FloatVector.broadcast(S, b[b1 + bp]);
            c01 = x.fma(a0, c01);
            c11 = x.fma(a1, c11);
            c21 = x.fma(a2, c21);
            c31 = x.fma(a3, c31);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + L);
        c20.intoArray(c, co + 2 * L);
        c30.intoArray(c, co + 3 * L);
        c01.intoArray(c, co + 4 * L);
        c11.intoArray(c, co + 5 * L);
        c21.intoArray(c, co + 6 * L);
        c31.intoArray(c, co + 7 * L);
    }

    static void tile1x2(int k, float[] a, int ao, int as, float[] b, int bo, int bs, int bc, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c01 = FloatVector.fromArray(S, c, co + L);
        int b1 = bo + bc;
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector a0 = FloatVector.fromArray(S, a, at);
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(a0, c00);
            x = FloatVector.broadcast(S, b[b1 + bp]);
            c01 = x.fma(a0, c01);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
    }

    static void tile2x4(int k, float[] a, int ao, int as, float[] b, int bo, int bs, int bc, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + L);
        FloatVector c01 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c11 = FloatVector.fromArray(S, c, co + 3 * L);
        FloatVector c02 = FloatVector.fromArray(S, c, co + 4 * L);
        FloatVector c12 = FloatVector.fromArray(S, c, co + 5 * L);
        FloatVector c03 = FloatVector.fromArray(S, c, co + 6 * L);
        FloatVector c13 = FloatVector.fromArray(S, c, co + 7 * L);
        int b1 = bo + bc;
        int b2 = b1 + bc;
        int b3 = b2 + bc;
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector a0 = FloatVector.fromArray(S, a, at);
            FloatVector a1 = FloatVector.fromArray(S, a, at + L);
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(a0, c00);
            c10 = x.fma(a1, c10);
            x = FloatVector.broadcast(S, b[b1 + bp]);
            c01 = x.fma(a0, c01);
            c11 = x.fma(a1, c11);
            x = FloatVector.broadcast(S, b[b2 + bp]);
            c02 = x.fma(a0, c02);
            c12 = x.fma(a1, c12);
            x = FloatVector.broadcast(S, b[b3 + bp]);
            c03 = x.fma(a0, c03);
            c13 = x.fma(a1, c13);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + L);
        c01.intoArray(c, co + 2 * L);
        c11.intoArray(c, co + 3 * L);
        c02.intoArray(c, co + 4 * L);
        c12.intoArray(c, co + 5 * L);
        c03.intoArray(c, co + 6 * L);
        c13.intoArray(c, co + 7 * L);
    }

    static void tile1x4(int k, float[] a, int ao, int as, float[] b, int bo, int bs, int bc, float[] c, int co) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c01 = FloatVector.fromArray(S, c, co + L);
        FloatVector c02 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c03 = FloatVector.fromArray(S, c, co + 3 * L);
        int b1 = bo + bc;
        int b2 = b1 + bc;
        int b3 = b2 + bc;
        for (int p = 0; p < k; p++) {
            int at = ao + p * as;
            int bp = p * bs;
            FloatVector a0 = FloatVector.fromArray(S, a, at);
            FloatVector x = FloatVector.broadcast(S, b[bo + bp]);
            c00 = x.fma(a0, c00);
            x = FloatVector.broadcast(S, b[b1 + bp]);
            c01 = x.fma(a0, c01);
            x = FloatVector.broadcast(S, b[b2 + bp]);
            c02 = x.fma(a0, c02);
            x = FloatVector.broadcast(S, b[b3 + bp]);
            c03 = x.fma(a0, c03);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c02.intoArray(c, co + 2 * L);
        c03.intoArray(c, co + 3 * L);
    }
}
