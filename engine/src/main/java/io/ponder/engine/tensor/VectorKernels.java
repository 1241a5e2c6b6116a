package io.ponder.engine.tensor;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The Vector API behind the interface; loaded by name, only where the incubator module is there. */
final class VectorKernels implements Kernels {
    private static final float[] NONE = {};

    private final Parallel parallel;

    /** Called by name. */
    VectorKernels() {
        this(Parallel.serial());
    }

    private VectorKernels(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public Kernels with(Parallel other) {
        return new VectorKernels(other);
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int lanes() {
        return FloatVector.SPECIES_PREFERRED.length();
    }

    @Override
    public void multiply(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        VectorProducts.product(parallel, rows, columns, inner, a, aOffset, aStride, 1, b, bOffset, bStride, 1,
                accumulate ? VectorProducts.Start.KEEP : VectorProducts.Start.ZERO, NONE, 0, c, cOffset, cStride);
    }

    @Override
    public void multiplyBias(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] bias, int biasOffset, float[] c, int cOffset, int cStride) {
        VectorProducts.product(parallel, rows, columns, inner, a, aOffset, aStride, 1, b, bOffset, bStride, 1,
                VectorProducts.Start.BIAS, bias, biasOffset, c, cOffset, cStride);
    }

    @Override
    public void multiplyLeftTransposed(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        VectorProducts.product(parallel, rows, columns, inner, a, aOffset, 1, aStride, b, bOffset, bStride, 1,
                accumulate ? VectorProducts.Start.KEEP : VectorProducts.Start.ZERO, NONE, 0, c, cOffset, cStride);
    }

    @Override
    public void multiplyLeftTransposedBias(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] bias, int biasOffset, float[] c, int cOffset, int cStride) {
        VectorProducts.product(parallel, rows, columns, inner, a, aOffset, 1, aStride, b, bOffset, bStride, 1,
                VectorProducts.Start.BIAS, bias, biasOffset, c, cOffset, cStride);
    }

    @Override
    public void multiplyRightTransposed(
            int rows, int columns, int inner, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride, boolean accumulate) {
        VectorProducts.product(parallel, rows, columns, inner, a, aOffset, aStride, 1, b, bOffset, 1, bStride,
                accumulate ? VectorProducts.Start.KEEP : VectorProducts.Start.ZERO, NONE, 0, c, cOffset, cStride);
    }

    @Override
    public void transpose(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        Packing.transpose(rows, columns, x, xOffset, xStride, y, yOffset, yStride);
    }

    @Override
    public void activate(Activation f, int count, float[] x, int xOffset, float[] y, int yOffset) {
        switch (f) {
            case IDENTITY -> System.arraycopy(x, xOffset, y, yOffset, count);
            case RELU -> VectorArithmetic.relu(count, x, xOffset, y, yOffset);
            case TANH -> VectorFunctions.apply(VectorFunctions.Function.TANH, 0, count, x, xOffset, y, yOffset);
            case SIGMOID -> VectorFunctions.apply(VectorFunctions.Function.SIGMOID, 0, count, x, xOffset, y, yOffset);
            case SILU -> VectorFunctions.apply(VectorFunctions.Function.SILU, 0, count, x, xOffset, y, yOffset);
            case SOFTPLUS -> VectorFunctions.apply(VectorFunctions.Function.SOFTPLUS, 0, count, x, xOffset, y, yOffset);
            case ELU -> VectorFunctions.apply(VectorFunctions.Function.ELU, 1, count, x, xOffset, y, yOffset);
            case MISH -> VectorFunctions.apply(VectorFunctions.Function.MISH, 0, count, x, xOffset, y, yOffset);
        }
    }

    @Override
    public void activationGradient(
            Activation f, int count, float[] saved, int savedOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        VectorGradients.apply(f, 1, count, saved, savedOffset, dy, dyOffset, dx, dxOffset);
    }

    @Override
    public void elu(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        VectorFunctions.apply(VectorFunctions.Function.ELU, alpha, count, x, xOffset, y, yOffset);
    }

    @Override
    public void eluGradient(int count, float alpha, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        VectorGradients.apply(Activation.ELU, alpha, count, y, yOffset, dy, dyOffset, dx, dxOffset);
    }

    @Override
    public void exp(int count, float[] x, int xOffset, float[] y, int yOffset) {
        VectorFunctions.apply(VectorFunctions.Function.EXP, 0, count, x, xOffset, y, yOffset);
    }

    @Override
    public void log(int count, float[] x, int xOffset, float[] y, int yOffset) {
        VectorFunctions.apply(VectorFunctions.Function.LOG, 0, count, x, xOffset, y, yOffset);
    }

    @Override
    public void sin(int count, float[] x, int xOffset, float[] y, int yOffset) {
        VectorFunctions.apply(VectorFunctions.Function.SIN, 0, count, x, xOffset, y, yOffset);
    }

    @Override
    public void cos(int count, float[] x, int xOffset, float[] y, int yOffset) {
        VectorFunctions.apply(VectorFunctions.Function.COS, 0, count, x, xOffset, y, yOffset);
    }

    @Override
    public void sqrt(int count, float[] x, int xOffset, float[] y, int yOffset) {
        VectorArithmetic.sqrt(count, x, xOffset, y, yOffset);
    }

    @Override
    public void fill(int count, float value, float[] y, int yOffset) {
        Arrays.fill(y, yOffset, yOffset + count, value);
    }

    @Override
    public void add(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        VectorArithmetic.add(count, x, xOffset, y, yOffset, z, zOffset);
    }

    @Override
    public void subtract(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        VectorArithmetic.subtract(count, x, xOffset, y, yOffset, z, zOffset);
    }

    @Override
    public void times(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        VectorArithmetic.times(count, x, xOffset, y, yOffset, z, zOffset);
    }

    @Override
    public void divide(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        VectorArithmetic.divide(count, x, xOffset, y, yOffset, z, zOffset);
    }

    @Override
    public void timesAdd(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset) {
        VectorArithmetic.timesAdd(count, x, xOffset, y, yOffset, z, zOffset);
    }

    @Override
    public void axpy(int count, float factor, float[] x, int xOffset, float[] y, int yOffset) {
        VectorArithmetic.axpy(count, factor, x, xOffset, y, yOffset);
    }

    @Override
    public void scale(int count, float factor, float[] x, int xOffset, float[] y, int yOffset) {
        VectorArithmetic.scale(count, factor, x, xOffset, y, yOffset);
    }

    @Override
    public void clamp(int count, float low, float high, float[] x, int xOffset, float[] y, int yOffset) {
        VectorArithmetic.clamp(count, low, high, x, xOffset, y, yOffset);
    }

    @Override
    public void addPerRow(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.shift(columns, v[vOffset + i], x, xOffset + i * xStride, y, yOffset + i * yStride);
        }
    }

    @Override
    public void timesPerRow(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.scale(columns, v[vOffset + i], x, xOffset + i * xStride, y, yOffset + i * yStride);
        }
    }

    @Override
    public void affinePerRow(
            int rows, int columns, float[] factor, int factorOffset, float[] shift, int shiftOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.affine(columns, factor[factorOffset + i], shift[shiftOffset + i], x, xOffset + i * xStride, y, yOffset + i * yStride);
        }
    }

    @Override
    public void addPerColumn(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.add(columns, x, xOffset + i * xStride, v, vOffset, y, yOffset + i * yStride);
        }
    }

    @Override
    public void timesPerColumn(
            int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.times(columns, x, xOffset + i * xStride, v, vOffset, y, yOffset + i * yStride);
        }
    }

    @Override
    public float sum(int count, float[] x, int xOffset) {
        return VectorReductions.sum(count, x, xOffset);
    }

    @Override
    public float max(int count, float[] x, int xOffset) {
        return VectorReductions.max(count, x, xOffset);
    }

    @Override
    public float min(int count, float[] x, int xOffset) {
        return VectorReductions.min(count, x, xOffset);
    }

    @Override
    public float dot(int count, float[] x, int xOffset, float[] y, int yOffset) {
        return VectorReductions.dot(count, x, xOffset, y, yOffset);
    }

    @Override
    public void sumRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset, boolean accumulate) {
        for (int i = 0; i < rows; i++) {
            float sum = VectorReductions.sum(columns, x, xOffset + i * xStride);
            out[outOffset + i] = accumulate ? out[outOffset + i] + sum : sum;
        }
    }

    @Override
    public void maxRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        for (int i = 0; i < rows; i++) {
            out[outOffset + i] = VectorReductions.max(columns, x, xOffset + i * xStride);
        }
    }

    @Override
    public void minRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        for (int i = 0; i < rows; i++) {
            out[outOffset + i] = VectorReductions.min(columns, x, xOffset + i * xStride);
        }
    }

    @Override
    public void sumColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset, boolean accumulate) {
        if (!accumulate) Arrays.fill(out, outOffset, outOffset + columns, 0);
        int j = VectorColumns.sum(rows, columns, x, xOffset, xStride, out, outOffset);
        PlainKernels.INSTANCE.sumColumns(rows, columns - j, x, xOffset + j, xStride, out, outOffset + j, true);
    }

    @Override
    public void maxColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        Arrays.fill(out, outOffset, outOffset + columns, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.max(columns, out, outOffset, x, xOffset + i * xStride, out, outOffset);
        }
    }

    @Override
    public void minColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset) {
        Arrays.fill(out, outOffset, outOffset + columns, Float.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) {
            VectorArithmetic.min(columns, out, outOffset, x, xOffset + i * xStride, out, outOffset);
        }
    }

    @Override
    public void normaliseColumns(
            int rows, int columns, float epsilon, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride,
            float[] inverse, int inverseOffset) {
        int j = VectorColumns.normalise(rows, columns, epsilon, x, xOffset, xStride, y, yOffset, yStride, inverse, inverseOffset);
        if (j == columns) return;
        PlainKernels.INSTANCE.normaliseColumns(rows, columns - j, epsilon, x, xOffset + j, xStride, y, yOffset + j, yStride,
                inverse, inverseOffset + j);
    }

    @Override
    public void normaliseColumnsGradient(
            int rows, int columns, float[] y, int yOffset, int yStride, float[] inverse, int inverseOffset,
            float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset, int dxStride, float[] work, int workOffset) {
        int j = VectorColumns.normaliseGradient(rows, columns, y, yOffset, yStride, inverse, inverseOffset, dy, dyOffset, dyStride,
                dx, dxOffset, dxStride);
        if (j == columns) return;
        PlainKernels.INSTANCE.normaliseColumnsGradient(rows, columns - j, y, yOffset + j, yStride, inverse, inverseOffset + j,
                dy, dyOffset + j, dyStride, dx, dxOffset + j, dxStride, work, workOffset);
    }

    @Override
    public void softmax(
            int groups, int groupSize, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int g = 0; g < groups; g++) {
            VectorReductions.softmax(false, groupSize, columns, x, xOffset + g * groupSize * xStride, xStride,
                    y, yOffset + g * groupSize * yStride, yStride);
        }
    }

    @Override
    public void logSoftmax(
            int groups, int groupSize, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        for (int g = 0; g < groups; g++) {
            VectorReductions.softmax(true, groupSize, columns, x, xOffset + g * groupSize * xStride, xStride,
                    y, yOffset + g * groupSize * yStride, yStride);
        }
    }

    @Override
    public void fillUniform(
            int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride) {
        VectorRandom.fill(false, key0, key1, firstSample, firstDraw, draws, columns, out, outOffset, outStride);
    }

    @Override
    public void fillUniform(
            int[] key0, int[] key1, int[] sample, int keyOffset, int firstDraw, int draws, int columns,
            float[] out, int outOffset, int outStride) {
        VectorRandom.fill(false, key0, key1, sample, keyOffset, firstDraw, draws, columns, out, outOffset, outStride);
    }

    @Override
    public void fillNormal(
            int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride) {
        VectorRandom.fill(true, key0, key1, firstSample, firstDraw, draws, columns, out, outOffset, outStride);
    }

    @Override
    public void fillNormal(
            int[] key0, int[] key1, int[] sample, int keyOffset, int firstDraw, int draws, int columns,
            float[] out, int outOffset, int outStride) {
        VectorRandom.fill(true, key0, key1, sample, keyOffset, firstDraw, draws, columns, out, outOffset, outStride);
    }
}
