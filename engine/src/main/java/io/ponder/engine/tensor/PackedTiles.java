package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Micro-kernels on a packed panel of A, entry (p, r) of R rows being {@code a[ao + p * R + r]}.
 *
 * <p>{@code tileRxV} adds the product of R rows of A and V vectors of packed columns of B to a tile of C. The tile lives in registers
 * while p runs, so each value loaded from B serves R fused multiply-adds; every entry is one chain in ascending p. The methods
 * are written out and small, because the JIT compiler keeps the accumulators in registers only if it sees them as local variables.
 */
final class PackedTiles {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private PackedTiles() {}

    /** Runs the tile of 8, 5, 4 or 1 rows on two vectors of columns. */
    static void wide(int rows, int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        if (rows == 8) tile8x2(k, a, ao, b, bo, c, co, cs);
        else if (rows == 5) tile5x2(k, a, ao, b, bo, c, co, cs);
        else if (rows == 4) tile4x2(k, a, ao, b, bo, c, co, cs);
        else tile1x2(k, a, ao, b, bo, c, co, cs);
    }

    /** Runs the tile of 8, 5, 4 or 1 rows on one vector of columns. */
    static void narrow(int rows, int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        if (rows == 8) tile8x1(k, a, ao, b, bo, c, co, cs);
        else if (rows == 5) tile5x1(k, a, ao, b, bo, c, co, cs);
        else if (rows == 4) tile4x1(k, a, ao, b, bo, c, co, cs);
        else tile1x1(k, a, ao, b, bo, c, co, cs);
    }

    static void tile8x2(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c01 = FloatVector.fromArray(S, c, co + L);
        FloatVector c10 = FloatVector.fromArray(S, c, co + cs);
        FloatVector c11 = FloatVector.fromArray(S, c, co + cs + L);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cs);
        FloatVector c21 = FloatVector.fromArray(S, c, co + 2 * cs + L);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cs);
        FloatVector c31 = FloatVector.fromArray(S, c, co + 3 * cs + L);
        FloatVector c40 = FloatVector.fromArray(S, c, co + 4 * cs);
        FloatVector c41 = FloatVector.fromArray(S, c, co + 4 * cs + L);
        FloatVector c50 = FloatVector.fromArray(S, c, co + 5 * cs);
        FloatVector c51 = FloatVector.fromArray(S, c, co + 5 * cs + L);
        FloatVector c60 = FloatVector.fromArray(S, c, co + 6 * cs);
        FloatVector c61 = FloatVector.fromArray(S, c, co + 6 * cs + L);
        FloatVector c70 = FloatVector.fromArray(S, c, co + 7 * cs);
        FloatVector c71 = FloatVector.fromArray(S, c, co + 7 * cs + L);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * 2 * L);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * 8]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 6]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 7]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + cs);
        c11.intoArray(c, co + cs + L);
        c20.intoArray(c, co + 2 * cs);
        c21.intoArray(c, co + 2 * cs + L);
        c30.intoArray(c, co + 3 * cs);
        c31.intoArray(c, co + 3 * cs + L);
        c40.intoArray(c, co + 4 * cs);
        c41.intoArray(c, co + 4 * cs + L);
        c50.intoArray(c, co + 5 * cs);
        c51.intoArray(c, co + 5 * cs + L);
        c60.intoArray(c, co + 6 * cs);
        c61.intoArray(c, co + 6 * cs + L);
        c70.intoArray(c, co + 7 * cs);
        c71.intoArray(c, co + 7 * cs + L);
    }

    static void tile5x2(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c01 = FloatVector.fromArray(S, c, co + L);
        FloatVector c10 = FloatVector.fromArray(S, c, co + cs);
        FloatVector c11 = FloatVector.fromArray(S, c, co + cs + L);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cs);
        FloatVector c21 = FloatVector.fromArray(S, c, co + 2 * cs + L);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cs);
        FloatVector c31 = FloatVector.fromArray(S, c, co + 3 * cs + L);
        FloatVector c40 = FloatVector.fromArray(S, c, co + 4 * cs);
        FloatVector c41 = FloatVector.fromArray(S, c, co + 4 * cs + L);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * 2 * L);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * 5]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + cs);
        c11.intoArray(c, co + cs + L);
        c20.intoArray(c, co + 2 * cs);
        c21.intoArray(c, co + 2 * cs + L);
        c30.intoArray(c, co + 3 * cs);
        c31.intoArray(c, co + 3 * cs + L);
        c40.intoArray(c, co + 4 * cs);
        c41.intoArray(c, co + 4 * cs + L);
    }

    static void tile4x2(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c01 = FloatVector.fromArray(S, c, co + L);
        FloatVector c10 = FloatVector.fromArray(S, c, co + cs);
        FloatVector c11 = FloatVector.fromArray(S, c, co + cs + L);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cs);
        FloatVector c21 = FloatVector.fromArray(S, c, co + 2 * cs + L);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cs);
        FloatVector c31 = FloatVector.fromArray(S, c, co + 3 * cs + L);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * 2 * L);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * 4]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p * 4 + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p * 4 + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[ao + p * 4 + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + cs);
        c11.intoArray(c, co + cs + L);
        c20.intoArray(c, co + 2 * cs);
        c21.intoArray(c, co + 2 * cs + L);
        c30.intoArray(c, co + 3 * cs);
        c31.intoArray(c, co + 3 * cs + L);
    }

    static void tile1x2(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c01 = FloatVector.fromArray(S, c, co + L);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * 2 * L);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
    }

    static void tile8x1(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + cs);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cs);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cs);
        FloatVector c40 = FloatVector.fromArray(S, c, co + 4 * cs);
        FloatVector c50 = FloatVector.fromArray(S, c, co + 5 * cs);
        FloatVector c60 = FloatVector.fromArray(S, c, co + 6 * cs);
        FloatVector c70 = FloatVector.fromArray(S, c, co + 7 * cs);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * 8]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 3]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 4]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 5]);
            c50 = x.fma(b0, c50);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 6]);
            c60 = x.fma(b0, c60);
            x = FloatVector.broadcast(S, a[ao + p * 8 + 7]);
            c70 = x.fma(b0, c70);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + cs);
        c20.intoArray(c, co + 2 * cs);
        c30.intoArray(c, co + 3 * cs);
        c40.intoArray(c, co + 4 * cs);
        c50.intoArray(c, co + 5 * cs);
        c60.intoArray(c, co + 6 * cs);
        c70.intoArray(c, co + 7 * cs);
    }

    static void tile5x1(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + cs);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cs);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cs);
        FloatVector c40 = FloatVector.fromArray(S, c, co + 4 * cs);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * 5]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 3]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(S, a[ao + p * 5 + 4]);
            c40 = x.fma(b0, c40);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + cs);
        c20.intoArray(c, co + 2 * cs);
        c30.intoArray(c, co + 3 * cs);
        c40.intoArray(c, co + 4 * cs);
    }

    static void tile4x1(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        FloatVector c10 = FloatVector.fromArray(S, c, co + cs);
        FloatVector c20 = FloatVector.fromArray(S, c, co + 2 * cs);
        FloatVector c30 = FloatVector.fromArray(S, c, co + 3 * cs);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * 4]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(S, a[ao + p * 4 + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(S, a[ao + p * 4 + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(S, a[ao + p * 4 + 3]);
            c30 = x.fma(b0, c30);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + cs);
        c20.intoArray(c, co + 2 * cs);
        c30.intoArray(c, co + 3 * cs);
    }

    static void tile1x1(int k, float[] a, int ao, float[] b, int bo, float[] c, int co, int cs) {
        FloatVector c00 = FloatVector.fromArray(S, c, co);
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c00 = x.fma(b0, c00);
        }
        c00.intoArray(c, co);
    }
}
