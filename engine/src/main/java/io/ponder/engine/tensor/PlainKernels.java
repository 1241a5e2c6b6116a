package io.ponder.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Plain Java: simple loops over the sample index, most of which the JIT compiler vectorises; functions go through {@link Math}. */
final class PlainKernels implements Kernels {
    static final PlainKernels INSTANCE = new PlainKernels(Parallel.serial());

    /** Columns handled together, so that a row of the result stays in the first-level cache while the inner index runs. */
    private static final int BLOCK = 1024;

    /** Below this number of multiply-adds a product is not worth waking a thread for. */
    private static final long PARALLEL_WORK = 1 << 20;

    private final Parallel parallel;

    private PlainKernels(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public Kernels with(Parallel other) {
        return new PlainKernels(other);
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void multiply(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        if (!accumulate) fillRows(rows, columns, null, 0, c, cOffset, cStride);
        addProduct(rows, columns, inner, a, aOffset, aStride, 1, b, bOffset, bStride, c, cOffset, cStride);
    }

    @Override
    public void multiplyBias(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] bias, int biasOffset, float[] c, int cOffset, int cStride) {
        fillRows(rows, columns, bias, biasOffset, c, cOffset, cStride);
        addProduct(rows, columns, inner, a, aOffset, aStride, 1, b, bOffset, bStride, c, cOffset, cStride);
    }

    @Override
    public void multiplyLeftTransposed(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        if (!accumulate) fillRows(rows, columns, null, 0, c, cOffset, cStride);
        addProduct(rows, columns, inner, a, aOffset, 1, aStride, b, bOffset, bStride, c, cOffset, cStride);
    }

    @Override
    public void multiplyLeftTransposedBias(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] bias, int biasOffset, float[] c, int cOffset, int cStride) {
        fillRows(rows, columns, bias, biasOffset, c, cOffset, cStride);
        addProduct(rows, columns, inner, a, aOffset, 1, aStride, b, bOffset, bStride, c, cOffset, cStride);
    }

    private static void fillRows(int rows, int columns, float @Nullable [] bias, int biasOffset, float[] c, int cOffset, int cStride) {
        for (int i = 0; i < rows; i++) {
            int at = cOffset + i * cStride;
            Arrays.fill(c, at, at + columns, bias == null ? 0f : bias[biasOffset + i]);
        }
    }

    /** Does {@link #addBlock} in parts, on several threads. */
    private void addProduct(
            int rows, int columns, int inner, float[] a, int aOffset, int aRow, int aInner, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride) {
        if (parallel.threads() == 1 || (long) rows * columns * inner < PARALLEL_WORK) {
            addBlock(rows, columns, inner, a, aOffset, aRow, aInner, b, bOffset, bStride, c, cOffset, cStride);
        } else if (columns >= rows) {
            parallel.forEachRange(columns, 64, (from, to) -> addBlock(
                    rows, to - from, inner, a, aOffset, aRow, aInner, b, bOffset + from, bStride, c, cOffset + from, cStride));
        } else {
            parallel.forEachRange(rows, 4, (from, to) -> addBlock(
                    to - from, columns, inner, a, aOffset + from * aRow, aRow, aInner, b, bOffset, bStride,
                    c, cOffset + from * cStride, cStride));
        }
    }

    /** Adds A B, where entry (i, p) of A is at {@code aOffset + i * aRow + p * aInner}. Four terms a pass, each chain still in order. */
    private static void addBlock(
            int rows, int columns, int inner, float[] a, int aOffset, int aRow, int aInner, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride) {
        for (int first = 0; first < columns; first += BLOCK) {
            int width = Math.min(BLOCK, columns - first);
            for (int i = 0; i < rows; i++) {
                int ai = aOffset + i * aRow;
                int ci = cOffset + i * cStride + first;
                int bp = bOffset + first;
                int p = 0;
                for (; p + 4 <= inner; p += 4) {
                    int ap = ai + p * aInner;
                    addFour(width, a[ap], a[ap + aInner], a[ap + 2 * aInner], a[ap + 3 * aInner], b, bp + p * bStride, bStride, c, ci);
                }
                for (; p < inner; p++) {
                    addOne(width, a[ai + p * aInner], b, bp + p * bStride, c, ci);
                }
            }
        }
    }

    private static void addFour(int n, float a0, float a1, float a2, float a3, float[] b, int b0, int bStride, float[] c, int ci) {
        int b1 = b0 + bStride;
        int b2 = b1 + bStride;
        int b3 = b2 + bStride;
        for (int j = 0; j < n; j++) {
            c[ci + j] = (((c[ci + j] + a0 * b[b0 + j]) + a1 * b[b1 + j]) + a2 * b[b2 + j]) + a3 * b[b3 + j];
        }
    }

    private static void addOne(int n, float factor, float[] b, int bi, float[] c, int ci) {
        for (int j = 0; j < n; j++) {
            c[ci + j] += factor * b[bi + j];
        }
    }

    @Override
    public void multiplyRightTransposed(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        if (parallel.threads() == 1 || (long) rows * columns * inner < PARALLEL_WORK) {
            dotRows(rows, columns, inner, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride, accumulate);
        } else {
            parallel.forEachRange(rows, 1, (from, to) -> dotRows(
                    to - from, columns, inner, a, aOffset + from * aStride, aStride, b, bOffset, bStride,
                    c, cOffset + from * cStride, cStride, accumulate));
        }
    }

    private static void dotRows(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        for (int i = 0; i < rows; i++) {
            int ai = aOffset + i * aStride;
            int ci = cOffset + i * cStride;
            int j = 0;
            // Four outputs at a time: their chains are independent, so the processor overlaps them.
            for (; j + 4 <= columns; j += 4) {
                int b0 = bOffset + j * bStride;
                int b1 = b0 + bStride;
                int b2 = b1 + bStride;
                int b3 = b2 + bStride;
                float c0 = accumulate ? c[ci + j] : 0;
                float c1 = accumulate ? c[ci + j + 1] : 0;
                float c2 = accumulate ? c[ci + j + 2] : 0;
                float c3 = accumulate ? c[ci + j + 3] : 0;
                for (int p = 0; p < inner; p++) {
                    float value = a[ai + p];
                    c0 += value * b[b0 + p];
                    c1 += value * b[b1 + p];
                    c2 += value * b[b2 + p];
                    c3 += value * b[b3 + p];
                }
                c[ci + j] = c0;
                c[ci + j + 1] = c1;
                c[ci + j + 2] = c2;
                c[ci + j + 3] = c3;
            }
            for (; j < columns; j++) {
                float sum = accumulate ? c[ci + j] : 0;
                int bj = bOffset + j * bStride;
                for (int p = 0; p < inner; p++) {
                    sum += a[ai + p] * b[bj + p];
                }
                c[ci + j] = sum;
            }
        }
    }

    @Override
    public void transpose(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        Packing.transpose(rows, columns, x, xOffset, xStride, y, yOffset, yStride);
    }

    @Override
    public void activate(Activation f, int count, float[] x, int xOffset, float[] y, int yOffset) {
        switch (f) {
            case IDENTITY -> System.arraycopy(x, xOffset, y, yOffset, count);
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    y[yOffset + i] = Math.max(x[xOffset + i], 0);
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    y[yOffset + i] = (float) Math.tanh(x[xOffset + i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    y[yOffset + i] = (float) sigmoid(x[xOffset + i]);
                }
            }
            case SILU -> {
                for (int i = 0; i < count; i++) {
                    float v = x[xOffset + i];
                    y[yOffset + i] = v == Float.NEGATIVE_INFINITY ? 0 : (float) (v * sigmoid(v));
                }
            }
            case SOFTPLUS -> {
                for (int i = 0; i < count; i++) {
                    y[yOffset + i] = (float) softplus(x[xOffset + i]);
                }
            }
            case ELU -> elu(count, 1, x, xOffset, y, yOffset);
            case MISH -> {
                for (int i = 0; i < count; i++) {
                    float v = x[xOffset + i];
                    y[yOffset + i] = v == Float.NEGATIVE_INFINITY ? 0 : (float) (v * Math.tanh(softplus(v)));
                }
            }
        }
    }

    @Override
    public void activationGradient(
            Activation f, int count, float[] saved, int savedOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        switch (f) {
            case IDENTITY -> System.arraycopy(dy, dyOffset, dx, dxOffset, count);
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    dx[dxOffset + i] = saved[savedOffset + i] <= 0 ? 0 : dy[dyOffset + i];
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    float y = saved[savedOffset + i];
                    dx[dxOffset + i] = dy[dyOffset + i] * (1 - y * y);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < count; i++) {
                    float y = saved[savedOffset + i];
                    dx[dxOffset + i] = dy[dyOffset + i] * (y * (1 - y));
                }
            }
            case SILU -> {
                for (int i = 0; i < count; i++) {
                    float x = saved[savedOffset + i];
                    double s = sigmoid(x);
                    double slope = Float.isInfinite(x) ? s : s * (1 + x * (1 - s));
                    dx[dxOffset + i] = (float) (dy[dyOffset + i] * slope);
                }
            }
            case SOFTPLUS -> {
                for (int i = 0; i < count; i++) {
                    dx[dxOffset + i] = (float) (dy[dyOffset + i] * sigmoid(saved[savedOffset + i]));
                }
            }
            case ELU -> eluGradient(count, 1, saved, savedOffset, dy, dyOffset, dx, dxOffset);
            case MISH -> {
                for (int i = 0; i < count; i++) {
                    float x = saved[savedOffset + i];
                    double t = Math.tanh(softplus(x));
                    double slope = Float.isInfinite(x) ? t : t + x * (1 - t * t) * sigmoid(x);
                    dx[dxOffset + i] = (float) (dy[dyOffset + i] * slope);
                }
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return x > 20 ? x : Math.log1p(Math.exp(x));
    }

    @Override
    public void elu(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v > 0 ? v : (float) (alpha * Math.expm1(v));
        }
    }

    @Override
    public void eluGradient(int count, float alpha, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        for (int i = 0; i < count; i++) {
            float v = y[yOffset + i];
            dx[dxOffset + i] = v > 0 ? dy[dyOffset + i] : dy[dyOffset + i] * (v + alpha);
        }
    }

    @Override
    public void exp(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (float) Math.exp(x[xOffset + i]);
        }
    }

    @Override
    public void log(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (float) Math.log(x[xOffset + i]);
        }
    }

    @Override
    public void sin(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (float) Math.sin(x[xOffset + i]);
        }
    }

    @Override
    public void cos(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (float) Math.cos(x[xOffset + i]);
        }
    }

    @Override
    public void sqrt(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (float) Math.sqrt(x[xOffset + i]);
        }
    }

    @Override
    public void fill(int count, float value, float[] y, int yOffset) {
        Arrays.fill(y, yOffset, yOffset + count, value);
    }

    @Override
    public void add(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < count; i++) {
            z[zOffset + i] = x[xOffset + i] + y[yOffset + i];
        }
    }

    @Override
    public void subtract(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < count; i++) {
            z[zOffset + i] = x[xOffset + i] - y[yOffset + i];
        }
    }

    @Override
    public void times(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < count; i++) {
            z[zOffset + i] = x[xOffset + i] * y[yOffset + i];
        }
    }

    @Override
    public void divide(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < count; i++) {
            z[zOffset + i] = x[xOffset + i] / y[yOffset + i];
        }
    }

    @Override
    public void timesAdd(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        for (int i = 0; i < count; i++) {
            z[zOffset + i] += x[xOffset + i] * y[yOffset + i];
        }
    }

    @Override
    public void axpy(int count, float factor, float[] x, int xOffset, float[] y, int yOffset) {
        addOne(count, factor, x, xOffset, y, yOffset);
    }

    @Override
    public void scale(int count, float factor, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = factor * x[xOffset + i];
        }
    }

    @Override
    public void clamp(int count, float low, float high, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = Math.min(Math.max(x[xOffset + i], low), high);
        }
    }

    @Override
    public void addPerRow(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            float value = v[vOffset + i];
            int xi = xOffset + i * xStride;
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) {
                y[yi + j] = x[xi + j] + value;
            }
        }
    }

    @Override
    public void timesPerRow(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            float value = v[vOffset + i];
            int xi = xOffset + i * xStride;
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) {
                y[yi + j] = x[xi + j] * value;
            }
        }
    }

    @Override
    public void affinePerRow(
            int rows, int columns, float[] factor, int factorOffset, float[] shift, int shiftOffset,
            float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            float slope = factor[factorOffset + i];
            float intercept = shift[shiftOffset + i];
            int xi = xOffset + i * xStride;
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) {
                y[yi + j] = x[xi + j] * slope + intercept;
            }
        }
    }

    @Override
    public void addPerColumn(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            int xi = xOffset + i * xStride;
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) {
                y[yi + j] = x[xi + j] + v[vOffset + j];
            }
        }
    }

    @Override
    public void timesPerColumn(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            int xi = xOffset + i * xStride;
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) {
                y[yi + j] = x[xi + j] * v[vOffset + j];
            }
        }
    }

    // Reductions over one row use four chains, because a single one would wait for every addition.

    @Override
    public float sum(int count, float[] x, int xOffset) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            s0 += x[xOffset + i];
            s1 += x[xOffset + i + 1];
            s2 += x[xOffset + i + 2];
            s3 += x[xOffset + i + 3];
        }
        for (; i < count; i++) {
            s0 += x[xOffset + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public float max(int count, float[] x, int xOffset) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, x[xOffset + i]);
        }
        return largest;
    }

    @Override
    public float min(int count, float[] x, int xOffset) {
        float smallest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            smallest = Math.min(smallest, x[xOffset + i]);
        }
        return smallest;
    }

    @Override
    public float dot(int count, float[] x, int xOffset, float[] y, int yOffset) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            s0 += x[xOffset + i] * y[yOffset + i];
            s1 += x[xOffset + i + 1] * y[yOffset + i + 1];
            s2 += x[xOffset + i + 2] * y[yOffset + i + 2];
            s3 += x[xOffset + i + 3] * y[yOffset + i + 3];
        }
        for (; i < count; i++) {
            s0 += x[xOffset + i] * y[yOffset + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void sumRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset, boolean accumulate) {
        for (int i = 0; i < rows; i++) {
            float sum = sum(columns, x, xOffset + i * xStride);
            out[outOffset + i] = accumulate ? out[outOffset + i] + sum : sum;
        }
    }

    @Override
    public void maxRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        for (int i = 0; i < rows; i++) {
            out[outOffset + i] = max(columns, x, xOffset + i * xStride);
        }
    }

    @Override
    public void minRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        for (int i = 0; i < rows; i++) {
            out[outOffset + i] = min(columns, x, xOffset + i * xStride);
        }
    }

    @Override
    public void sumColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset, boolean accumulate) {
        if (!accumulate) Arrays.fill(out, outOffset, outOffset + columns, 0);
        for (int i = 0; i < rows; i++) {
            add(columns, out, outOffset, x, xOffset + i * xStride, out, outOffset);
        }
    }

    @Override
    public void maxColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        Arrays.fill(out, outOffset, outOffset + columns, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            int xi = xOffset + i * xStride;
            for (int j = 0; j < columns; j++) {
                out[outOffset + j] = Math.max(out[outOffset + j], x[xi + j]);
            }
        }
    }

    @Override
    public void minColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        Arrays.fill(out, outOffset, outOffset + columns, Float.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            int xi = xOffset + i * xStride;
            for (int j = 0; j < columns; j++) {
                out[outOffset + j] = Math.min(out[outOffset + j], x[xi + j]);
            }
        }
    }

    @Override
    public void normaliseColumns(
            int rows, int columns, float epsilon, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride,
            float[] inverse, int inverseOffset) {
        float share = 1f / rows;
        sumColumns(rows, columns, x, xOffset, xStride, inverse, inverseOffset, false);
        for (int i = 0; i < rows; i++) {
            int xi = xOffset + i * xStride;
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) y[yi + j] = x[xi + j] - inverse[inverseOffset + j] * share;
        }
        Arrays.fill(inverse, inverseOffset, inverseOffset + columns, 0);
        for (int i = 0; i < rows; i++) {
            int yi = yOffset + i * yStride;
            for (int j = 0; j < columns; j++) inverse[inverseOffset + j] += y[yi + j] * y[yi + j];
        }
        for (int j = 0; j < columns; j++) {
            inverse[inverseOffset + j] = 1 / (float) Math.sqrt(inverse[inverseOffset + j] * share + epsilon);
        }
        timesPerColumn(rows, columns, inverse, inverseOffset, y, yOffset, yStride, y, yOffset, yStride);
    }

    @Override
    public void normaliseColumnsGradient(
            int rows, int columns, float[] y, int yOffset, int yStride, float[] inverse, int inverseOffset,
            float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset, int dxStride, float[] work, int workOffset) {
        int product = workOffset + columns;
        sumColumns(rows, columns, dy, dyOffset, dyStride, work, workOffset, false);
        Arrays.fill(work, product, product + columns, 0);
        for (int i = 0; i < rows; i++) {
            int yi = yOffset + i * yStride;
            int gi = dyOffset + i * dyStride;
            for (int j = 0; j < columns; j++) work[product + j] += dy[gi + j] * y[yi + j];
        }
        scale(2 * columns, 1f / rows, work, workOffset, work, workOffset);
        for (int i = 0; i < rows; i++) {
            int yi = yOffset + i * yStride;
            int gi = dyOffset + i * dyStride;
            int xi = dxOffset + i * dxStride;
            for (int j = 0; j < columns; j++) {
                dx[xi + j] = (dy[gi + j] - work[workOffset + j] - y[yi + j] * work[product + j]) * inverse[inverseOffset + j];
            }
        }
    }

    @Override
    public void softmax(
            int groups, int groupSize, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int g = 0; g < groups; g++) {
            int xg = xOffset + g * groupSize * xStride;
            int yg = yOffset + g * groupSize * yStride;
            for (int j = 0; j < columns; j++) {
                float largest = largest(groupSize, x, xg + j, xStride);
                double total = 0;
                for (int r = 0; r < groupSize; r++) {
                    double weight = Math.exp((double) x[xg + r * xStride + j] - largest);
                    y[yg + r * yStride + j] = (float) weight;
                    total += weight;
                }
                for (int r = 0; r < groupSize; r++) {
                    y[yg + r * yStride + j] /= (float) total;
                }
            }
        }
    }

    @Override
    public void logSoftmax(
            int groups, int groupSize, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int g = 0; g < groups; g++) {
            int xg = xOffset + g * groupSize * xStride;
            int yg = yOffset + g * groupSize * yStride;
            for (int j = 0; j < columns; j++) {
                float largest = largest(groupSize, x, xg + j, xStride);
                double total = 0;
                for (int r = 0; r < groupSize; r++) {
                    total += Math.exp((double) x[xg + r * xStride + j] - largest);
                }
                double logTotal = Math.log(total);
                for (int r = 0; r < groupSize; r++) {
                    y[yg + r * yStride + j] = (float) (((double) x[xg + r * xStride + j] - largest) - logTotal);
                }
            }
        }
    }

    private static float largest(int count, float[] x, int offset, int stride) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int r = 0; r < count; r++) {
            largest = Math.max(largest, x[offset + r * stride]);
        }
        return largest;
    }

    @Override
    public void fillUniform(
            int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride) {
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            int at = outOffset + d * outStride;
            for (int j = 0; j < columns; j++) {
                long block = CounterRandom.block(key0, key1, firstSample + j, draw >>> 1);
                out[at + j] = CounterRandom.uniform((int) (block >>> (32 * (draw & 1))));
                if (pair) out[at + outStride + j] = CounterRandom.uniform((int) (block >>> 32));
            }
            d += pair ? 2 : 1;
        }
    }

    @Override
    public void fillUniform(
            int[] key0, int[] key1, int[] sample, int keyOffset, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride) {
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            int at = outOffset + d * outStride;
            for (int j = 0; j < columns; j++) {
                long block = CounterRandom.block(key0[keyOffset + j], key1[keyOffset + j], sample[keyOffset + j], draw >>> 1);
                out[at + j] = CounterRandom.uniform((int) (block >>> (32 * (draw & 1))));
                if (pair) out[at + outStride + j] = CounterRandom.uniform((int) (block >>> 32));
            }
            d += pair ? 2 : 1;
        }
    }

    @Override
    public void fillNormal(
            int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride) {
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            int at = outOffset + d * outStride;
            for (int j = 0; j < columns; j++) {
                long block = CounterRandom.block(key0, key1, firstSample + j, draw >>> 1);
                out[at + j] = CounterRandom.normal(block, draw & 1);
                if (pair) out[at + outStride + j] = CounterRandom.normal(block, 1);
            }
            d += pair ? 2 : 1;
        }
    }

    @Override
    public void fillNormal(
            int[] key0, int[] key1, int[] sample, int keyOffset, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride) {
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            int at = outOffset + d * outStride;
            for (int j = 0; j < columns; j++) {
                long block = CounterRandom.block(key0[keyOffset + j], key1[keyOffset + j], sample[keyOffset + j], draw >>> 1);
                out[at + j] = CounterRandom.normal(block, draw & 1);
                if (pair) out[at + outStride + j] = CounterRandom.normal(block, 1);
            }
            d += pair ? 2 : 1;
        }
    }
}
