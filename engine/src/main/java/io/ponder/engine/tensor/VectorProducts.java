package io.ponder.engine.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Cuts a product into blocks that fit the caches, packs them and runs the micro-kernels.
 *
 * <p>A block of A and a group of column panels of B lie in the second-level cache, one panel in the first (K. Goto, R. van de Geijn,
 * "Anatomy of high-performance matrix multiplication", 2008). Where the inner index is cut, the tile of C is stored and loaded again,
 * which changes no bit of the chain.
 */
final class VectorProducts {
    /** How an entry of C starts. */
    enum Start { ZERO, BIAS, KEEP }

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int PANEL = 2 * L;

    /**
     * Rows of a tile: 16 accumulators where there are 32 vector registers. Of the 16 registers of AVX2 they take 10: the compiler loads up
     * to three entries of A ahead, and with 12 accumulators one of them went through memory in every step (a third of the speed on JDK 25).
     */
    private static final int TILE_ROWS = L == 8 ? 5 : 8;

    /** Inner entries of a block: a panel of B is 32 KiB with 16 lanes. */
    private static final int INNER = 256;

    /** Rows of a block of A, a multiple of 8 and 5: 240 KiB, about half of a second-level cache. */
    private static final int ROWS = 240;

    /** Panels packed together: longer runs of memory than one panel, and still at most 128 KiB. */
    private static final int GROUP = 4;

    /** Below this number of columns packing A costs more than it saves. */
    private static final int STRIDED_COLUMNS = 160;

    private static final ThreadLocal<Workspace> WORKSPACE = ThreadLocal.withInitial(Workspace::new);

    private VectorProducts() {}

    /** Scratch of one thread. */
    private static final class Workspace {
        final float[] a = new float[ROWS * INNER];
        final float[] b = new float[GROUP * PANEL * INNER];
        final float[] tile = new float[8 * PANEL];
    }

    /** Below this number of multiply-adds a product is not worth waking a thread for. */
    private static final long PARALLEL_WORK = 1 << 20;

    /** Does {@link #product} in parts of whole panels or tiles, on several threads. */
    static void product(
            Parallel parallel, int rows, int columns, int inner, float[] a, int ao, int aRow, int aInner,
            float[] b, int bo, int bInner, int bColumn, Start start, float[] bias, int biasOffset, float[] c, int co, int cs) {
        if (parallel.threads() == 1 || (long) rows * columns * inner < PARALLEL_WORK) {
            product(rows, columns, inner, a, ao, aRow, aInner, b, bo, bInner, bColumn, start, bias, biasOffset, c, co, cs);
        } else if (columns >= rows) {
            parallel.forEachRange(columns, PANEL, (from, to) -> product(
                    rows, to - from, inner, a, ao, aRow, aInner, b, bo + from * bColumn, bInner, bColumn,
                    start, bias, biasOffset, c, co + from, cs));
        } else {
            parallel.forEachRange(rows, TILE_ROWS, (from, to) -> product(
                    to - from, columns, inner, a, ao + from * aRow, aRow, aInner, b, bo, bInner, bColumn,
                    start, bias, biasOffset + from, c, co + from * cs, cs));
        }
    }

    /**
     * Computes C = start + A B, entry (i, p) of A at {@code ao + i * aRow + p * aInner}, entry (p, j) of B at
     * {@code bo + p * bInner + j * bColumn}; of each pair of strides one is 1.
     */
    static void product(
            int rows, int columns, int inner, float[] a, int ao, int aRow, int aInner, float[] b, int bo, int bInner, int bColumn,
            Start start, float[] bias, int biasOffset, float[] c, int co, int cs) {
        if (rows == 0 || columns == 0) return;
        if (inner == 0) {
            if (start != Start.KEEP) begin(start, rows, columns, bias, biasOffset, c, co, cs);
            return;
        }
        Workspace w = WORKSPACE.get();
        if (aRow == 1 && columns <= Kernels.FEW_COLUMNS) {
            fewColumns(rows, columns, inner, a, ao, aInner, b, bo, bInner, bColumn, start, bias, biasOffset, c, co, cs, w.tile);
            return;
        }
        boolean strided = aInner == 1 && columns < STRIDED_COLUMNS;
        int cuts = (inner + INNER - 1) / INNER;
        int depth = (inner + cuts - 1) / cuts;
        for (int p0 = 0; p0 < inner; p0 += depth) {
            int k = Math.min(depth, inner - p0);
            Start from = p0 == 0 ? start : Start.KEEP;
            for (int i0 = 0; i0 < rows; i0 += ROWS) {
                int m = Math.min(ROWS, rows - i0);
                int ai = ao + i0 * aRow + p0 * aInner;
                if (!strided) packA(m, k, a, ai, aRow, aInner, w.a);
                for (int j0 = 0; j0 < columns; j0 += GROUP * PANEL) {
                    int n = Math.min(GROUP * PANEL, columns - j0);
                    packB(n, k, b, bo + p0 * bInner + j0 * bColumn, bInner, bColumn, w.b);
                    for (int j = 0; j < n; j += PANEL) {
                        panel(m, Math.min(PANEL, n - j), k, strided ? a : w.a, strided ? ai : 0, strided ? aRow : 0, w, j * k,
                                from, bias, biasOffset + i0, c, co + i0 * cs + j0 + j, cs);
                    }
                }
            }
        }
    }

    /** Computes the tiles of a product with few columns, entry (i, p) of A at {@code ao + i + p * aInner}. */
    private static void fewColumns(
            int rows, int columns, int k, float[] a, int ao, int aInner, float[] b, int bo, int bInner, int bColumn,
            Start start, float[] bias, int biasOffset, float[] c, int co, int cs, float[] tile) {
        for (int j = 0; j < columns; ) {
            int n = ColumnTiles.columns(columns - j);
            int bj = bo + j * bColumn;
            for (int i = 0; i < rows; ) {
                int v = ColumnTiles.vectors(n, rows - i);
                int m = Math.min(v * L, rows - i);
                int at = co + i * cs + j;
                beginColumns(start, m, n, v * L, bias, biasOffset + i, c, at, cs, tile);
                // Beyond the last rows of A lies what the tile drops, or the end of the array.
                int safe = m == v * L ? k : Math.max(0, Math.min(k, Math.floorDiv(a.length - v * L - ao - i, aInner) + 1));
                ColumnTiles.run(v, n, safe, a, ao + i, aInner, b, bj, bInner, bColumn, tile, 0);
                for (int p = safe; p < k; p++) {
                    float[] lanes = Lanes.load(m, a, ao + i + p * aInner);
                    ColumnTiles.run(v, n, 1, lanes, 0, 0, b, bj + p * bInner, bInner, bColumn, tile, 0);
                }
                endColumns(m, n, v * L, tile, c, at, cs);
                i += m;
            }
            j += n;
        }
    }

    /** Fills a tile, column by column, with what its entries start from. */
    private static void beginColumns(
            Start start, int rows, int columns, int stride, float[] bias, int biasOffset, float[] c, int co, int cs, float[] tile) {
        for (int j = 0; j < columns; j++) {
            int to = j * stride;
            if (start == Start.ZERO) {
                Arrays.fill(tile, to, to + rows, 0);
            } else if (start == Start.BIAS) {
                System.arraycopy(bias, biasOffset, tile, to, rows);
            } else {
                for (int i = 0; i < rows; i++) tile[to + i] = c[co + i * cs + j];
            }
        }
    }

    private static void endColumns(int rows, int columns, int stride, float[] tile, float[] c, int co, int cs) {
        if (columns == 1 && cs == 1) {
            System.arraycopy(tile, 0, c, co, rows);
            return;
        }
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) c[co + i * cs + j] = tile[j * stride + i];
        }
    }

    /** Computes the tiles of one panel of columns; a row stride of A of 0 says that A is packed. */
    private static void panel(
            int rows, int width, int k, float[] a, int ao, int aRow, Workspace w, int bo,
            Start start, float[] bias, int biasOffset, float[] c, int co, int cs) {
        boolean wide = width > L;
        boolean whole = width == L || width == PANEL;
        float[] tile = w.tile;
        int i = 0;
        while (i < rows) {
            int r = aRow != 0 && !wide && rows - i >= 8 ? 8 : tileRows(rows - i);
            int ci = co + i * cs;
            float[] target = whole ? c : tile;
            int at = whole ? ci : 0;
            int stride = whole ? cs : PANEL;
            if (start != Start.KEEP) beginTile(start, r, wide, bias, biasOffset + i, target, at, stride);
            else if (!whole) copy(r, width, c, ci, cs, tile, 0, PANEL);
            if (aRow != 0) {
                if (wide) StridedTiles.wide(r, k, a, ao + i * aRow, aRow, w.b, bo, target, at, stride);
                else StridedTiles.narrow(r, k, a, ao + i * aRow, aRow, w.b, bo, target, at, stride);
            } else {
                if (wide) PackedTiles.wide(r, k, a, ao + i * k, w.b, bo, target, at, stride);
                else PackedTiles.narrow(r, k, a, ao + i * k, w.b, bo, target, at, stride);
            }
            if (!whole) copy(r, width, tile, 0, PANEL, c, ci, cs);
            i += r;
        }
    }

    /** Returns the rows of the next tile. */
    private static int tileRows(int left) {
        return left >= TILE_ROWS ? TILE_ROWS : left >= 4 ? 4 : 1;
    }

    private static void beginTile(Start start, int rows, boolean wide, float[] bias, int biasOffset, float[] c, int co, int cs) {
        for (int i = 0; i < rows; i++) {
            FloatVector value = FloatVector.broadcast(S, start == Start.BIAS ? bias[biasOffset + i] : 0);
            value.intoArray(c, co + i * cs);
            if (wide) value.intoArray(c, co + i * cs + L);
        }
    }

    private static void begin(Start start, int rows, int columns, float[] bias, int biasOffset, float[] c, int co, int cs) {
        for (int i = 0; i < rows; i++) {
            float value = start == Start.BIAS ? bias[biasOffset + i] : 0;
            int ci = co + i * cs;
            for (int j = 0; j < columns; j++) {
                c[ci + j] = value;
            }
        }
    }

    private static void copy(int rows, int columns, float[] x, int xo, int xs, float[] y, int yo, int ys) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[yo + i * ys + j] = x[xo + i * xs + j];
            }
        }
    }

    /** Packs a block of A tile by tile, the rows of a tile side by side. */
    private static void packA(int rows, int k, float[] a, int ao, int aRow, int aInner, float[] out) {
        int i = 0;
        while (i < rows) {
            int r = tileRows(rows - i);
            if (aInner == 1) Packing.interleave(r, k, a, ao + i * aRow, aRow, out, i * k, r);
            else Packing.copyRows(k, r, a, ao + i, aInner, out, i * k, r);
            i += r;
        }
    }

    /** Packs columns of B panel by panel; a last panel of at most one vector is one vector wide, and what is missing is 0. */
    private static void packB(int columns, int k, float[] b, int bo, int bInner, int bColumn, float[] out) {
        for (int j = 0; j < columns; j += PANEL) {
            int width = Math.min(PANEL, columns - j);
            int padded = width > L ? PANEL : L;
            int at = j * k;
            if (bColumn != 1) {
                Packing.interleave(width, k, b, bo + j * bColumn, bColumn, out, at, padded);
                if (width < padded) zero(k, width, padded, out, at);
            } else if (width == PANEL) {
                packWide(k, b, bo + j, bInner, out, at);
            } else {
                Packing.copyRows(k, width, b, bo + j, bInner, out, at, padded);
                if (width < padded) zero(k, width, padded, out, at);
            }
        }
    }

    private static void packWide(int k, float[] b, int bo, int bInner, float[] out, int at) {
        for (int p = 0; p < k; p++) {
            FloatVector.fromArray(S, b, bo + p * bInner).intoArray(out, at + p * PANEL);
            FloatVector.fromArray(S, b, bo + p * bInner + L).intoArray(out, at + p * PANEL + L);
        }
    }

    private static void zero(int k, int from, int to, float[] out, int at) {
        for (int p = 0; p < k; p++) {
            for (int j = from; j < to; j++) {
                out[at + p * to + j] = 0;
            }
        }
    }
}
