package io.ponder.engine.tensor;

/**
 * Computes on blocks of float arrays: dense products, elementwise functions, broadcasts, reductions and random fills.
 *
 * <p>A vector argument is an array and an offset; a matrix {@code [rows x columns]} is an array, an offset and a row stride, entry
 * (i, j) being {@code x[offset + i * stride + j]}. In Ponder's layout a row is one feature and a column one sample. Sizes may be 0.
 * Outputs are owned by the caller. The input and output of an elementwise operation are the same block or disjoint ones; the output of
 * a product is disjoint from its inputs.
 *
 * <p>Every entry of a product is one chain over the inner index in ascending order that starts from 0, from the bias, or from what
 * was there. It is therefore bit-equal whatever the number of rows and columns, the strides and the thread: a batch of one equals a
 * column of a batch of a thousand. The same holds for reductions over the rows of a column and for everything elementwise. Plain and
 * vector kernels agree to rounding, not to the bit.
 *
 * <p>NaN and infinity follow {@link Math}: maxima, minima, clamps and sums with a NaN are NaN. Results below the smallest normal float may be
 * flushed to zero.
 *
 * <p>Thread-safe. No operation allocates once the calling thread has used it. Arguments are not checked beyond the bounds of the arrays.
 */
public interface Kernels {
    /** Columns up to which a product reads a transposed A as it lies, without packing it. */
    int FEW_COLUMNS = 8;

    /** Returns the implementation chosen for this process; {@link KernelChoice#current()} says why. */
    static Kernels get() {
        return KernelSelection.CHOSEN;
    }

    /** Returns the plain Java implementation, which is always there. */
    static Kernels plain() {
        return PlainKernels.INSTANCE;
    }

    /** Returns {@code "plain"} or {@code "vector"}. */
    String name();

    /** Returns the number of floats an operation handles at once; 1 for plain. */
    int lanes();

    /** Returns the same kernels with large dense products split over several threads; the results keep every bit. */
    Kernels with(Parallel parallel);

    // Dense products.

    /**
     * Computes C = A B, or C += A B: the forward pass of a dense layer without bias, A being the weights {@code [out x in]}.
     *
     * @param rows       rows of A and C
     * @param columns    columns of B and C
     * @param inner      columns of A, rows of B
     * @param a          {@code [rows x inner]}. Not modified.
     * @param b          {@code [inner x columns]}. Not modified.
     * @param c          {@code [rows x columns]}. Modified.
     * @param accumulate whether to add to what is in C
     */
    void multiply(
            int rows, int columns, int inner,
            float[] a, int aOffset, int aStride,
            float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride,
            boolean accumulate);

    /** Computes C = A B + bias, one bias a row: the forward pass of a dense layer. Otherwise as {@link #multiply}. */
    void multiplyBias(
            int rows, int columns, int inner,
            float[] a, int aOffset, int aStride,
            float[] b, int bOffset, int bStride,
            float[] bias, int biasOffset,
            float[] c, int cOffset, int cStride);

    /**
     * Computes C = A' B, or C += A' B, with A stored {@code [inner x rows]}: the gradient dX = W' dY of a dense layer.
     *
     * <p>It is also the fast forward pass for up to {@link #FEW_COLUMNS} columns: keep a transposed copy of the weights
     * ({@link #transpose}) and the outputs of a layer lie side by side in it. For one column that is about eight times as fast.
     */
    void multiplyLeftTransposed(
            int rows, int columns, int inner,
            float[] a, int aOffset, int aStride,
            float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride,
            boolean accumulate);

    /** Computes C = A' B + bias, one bias a row, with A stored {@code [inner x rows]}; bit-equal to {@link #multiplyBias} on A'. */
    void multiplyLeftTransposedBias(
            int rows, int columns, int inner,
            float[] a, int aOffset, int aStride,
            float[] b, int bOffset, int bStride,
            float[] bias, int biasOffset,
            float[] c, int cOffset, int cStride);

    /** Computes C = A B', or C += A B', with B stored {@code [columns x inner]}: the gradient dW += dY X' of a dense layer. */
    void multiplyRightTransposed(
            int rows, int columns, int inner,
            float[] a, int aOffset, int aStride,
            float[] b, int bOffset, int bStride,
            float[] c, int cOffset, int cStride,
            boolean accumulate);

    /** Does {@link #multiplyBias} for every member of an ensemble; a member's blocks lie {@code xStep} floats after the one before. */
    default void multiplyBias(
            int members, int rows, int columns, int inner,
            float[] a, int aOffset, int aStep, int aStride,
            float[] b, int bOffset, int bStep, int bStride,
            float[] bias, int biasOffset, int biasStep,
            float[] c, int cOffset, int cStep, int cStride) {
        for (int e = 0; e < members; e++) {
            multiplyBias(rows, columns, inner, a, aOffset + e * aStep, aStride, b, bOffset + e * bStep, bStride,
                    bias, biasOffset + e * biasStep, c, cOffset + e * cStep, cStride);
        }
    }

    /** Does {@link #multiplyLeftTransposed} for every member of an ensemble. */
    default void multiplyLeftTransposed(
            int members, int rows, int columns, int inner,
            float[] a, int aOffset, int aStep, int aStride,
            float[] b, int bOffset, int bStep, int bStride,
            float[] c, int cOffset, int cStep, int cStride,
            boolean accumulate) {
        for (int e = 0; e < members; e++) {
            multiplyLeftTransposed(rows, columns, inner, a, aOffset + e * aStep, aStride, b, bOffset + e * bStep, bStride,
                    c, cOffset + e * cStep, cStride, accumulate);
        }
    }

    /** Does {@link #multiplyRightTransposed} for every member of an ensemble. */
    default void multiplyRightTransposed(
            int members, int rows, int columns, int inner,
            float[] a, int aOffset, int aStep, int aStride,
            float[] b, int bOffset, int bStep, int bStride,
            float[] c, int cOffset, int cStep, int cStride,
            boolean accumulate) {
        for (int e = 0; e < members; e++) {
            multiplyRightTransposed(rows, columns, inner, a, aOffset + e * aStep, aStride, b, bOffset + e * bStep, bStride,
                    c, cOffset + e * cStep, cStride, accumulate);
        }
    }

    /** Copies x {@code [rows x columns]} to y {@code [columns x rows]}. The blocks must be disjoint. */
    void transpose(int rows, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    // Activations.

    /** Computes y = f(x). Error of the vector kernels: see {@link Activation} and the functions below; the same block may be given twice. */
    void activate(Activation f, int count, float[] x, int xOffset, float[] y, int yOffset);

    /**
     * Computes dx = dy * f'(x).
     *
     * @param saved the input x if {@link Activation#savesInput()}, else the output y. Not modified.
     * @param dy    gradient of the loss by y. Not modified, unless it is the same block as dx.
     * @param dx    gradient of the loss by x. Modified.
     */
    void activationGradient(Activation f, int count, float[] saved, int savedOffset, float[] dy, int dyOffset, float[] dx, int dxOffset);

    /** Computes y = x above 0, else alpha (exp(x) - 1). */
    void elu(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes dx = dy * (1 above 0, else y + alpha) from the output y of {@link #elu}. */
    void eluGradient(int count, float alpha, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset);

    // Elementwise.

    /** Computes y = exp x. */
    void exp(int count, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes y = ln x; minus infinity at 0, NaN below. */
    void log(int count, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes y = sin x. */
    void sin(int count, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes y = cos x. */
    void cos(int count, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes the square root of every x, correctly rounded. */
    void sqrt(int count, float[] x, int xOffset, float[] y, int yOffset);

    /** Sets y = value. */
    void fill(int count, float value, float[] y, int yOffset);

    /** Computes z = x + y. */
    void add(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** Computes z = x - y. */
    void subtract(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** Computes z = x * y, entry by entry. */
    void times(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** Computes z = x / y, entry by entry. */
    void divide(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** Computes z += x * y, entry by entry. */
    void timesAdd(int count, float[] x, int xOffset, float[] y, int yOffset, float[] z, int zOffset);

    /** Computes y += factor * x. */
    void axpy(int count, float factor, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes y = factor * x. */
    void scale(int count, float factor, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes y = min(max(x, low), high). */
    void clamp(int count, float low, float high, float[] x, int xOffset, float[] y, int yOffset);

    // Broadcasts over a matrix [rows x columns].

    /** Computes y(i, j) = x(i, j) + v(i). */
    void addPerRow(int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    /** Computes y(i, j) = x(i, j) * v(i). */
    void timesPerRow(int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    /** Computes y(i, j) = x(i, j) * factor(i) + shift(i). */
    void affinePerRow(
            int rows, int columns, float[] factor, int factorOffset, float[] shift, int shiftOffset,
            float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    /** Computes y(i, j) = x(i, j) + v(j). */
    void addPerColumn(int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    /** Computes y(i, j) = x(i, j) * v(j). */
    void timesPerColumn(int rows, int columns, float[] v, int vOffset, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    // Reductions.

    /** Returns the sum, 0 if there is nothing to add. */
    float sum(int count, float[] x, int xOffset);

    /** Returns the largest value, minus infinity if there is none. */
    float max(int count, float[] x, int xOffset);

    /** Returns the smallest value, infinity if there is none. */
    float min(int count, float[] x, int xOffset);

    /** Returns the sum of x * y. */
    float dot(int count, float[] x, int xOffset, float[] y, int yOffset);

    /** Computes out(i) = sum over j of x(i, j), or adds it to out: the gradient of a bias. */
    void sumRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset, boolean accumulate);

    /** Computes out(i) = max over j of x(i, j). */
    void maxRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset);

    /** Computes out(i) = min over j of x(i, j). */
    void minRows(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset);

    /** Computes out(j) = sum over i of x(i, j) in ascending i, or adds it to out. */
    void sumColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset, boolean accumulate);

    /** Computes out(j) = max over i of x(i, j). */
    void maxColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset);

    /** Computes out(j) = min over i of x(i, j). */
    void minColumns(int rows, int columns, float[] x, int xOffset, int xStride, float[] out, int outOffset);

    /**
     * Computes y = (x - mean) inverse, column by column, with inverse = 1 / sqrt(variance + epsilon) and the variance that divides by rows: the
     * layer normalisation of Ba et al. (2016) before its scale and shift.
     *
     * @param x       {@code [rows x columns]}, at least one row. Not modified, unless it is the same block as y.
     * @param y       {@code [rows x columns]}. Modified.
     * @param inverse receives 1 / sqrt(variance + epsilon) of every column. Modified.
     */
    void normaliseColumns(
            int rows, int columns, float epsilon, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride,
            float[] inverse, int inverseOffset);

    /**
     * Computes dx = inverse (dy - mean(dy) - y mean(dy y)) column by column: the derivative of {@link #normaliseColumns}.
     *
     * @param y       its output {@code [rows x columns]}. Not modified.
     * @param inverse what it wrote. Not modified.
     * @param dy      {@code [rows x columns]}. Not modified, unless it is the same block as dx.
     * @param dx      {@code [rows x columns]}. Modified.
     * @param work    two rows of {@code columns} entries. Modified.
     */
    void normaliseColumnsGradient(
            int rows, int columns, float[] y, int yOffset, int yStride, float[] inverse, int inverseOffset,
            float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset, int dxStride, float[] work, int workOffset);

    /**
     * Computes the softmax of every column over each group of consecutive rows.
     *
     * <p>A group whose largest entry is minus infinity or NaN gives NaN.
     *
     * @param groups    number of groups
     * @param groupSize rows of a group
     * @param x         {@code [groups * groupSize x columns]}. Not modified, unless it is the same block as y.
     * @param y         {@code [groups * groupSize x columns]}. Modified.
     */
    void softmax(int groups, int groupSize, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    /** Computes the logarithm of the {@link #softmax} without forming it. */
    void logSoftmax(int groups, int groupSize, int columns, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride);

    // Random fills. Draw d of a sample comes from word d & 1 of the block at counter (sample, d >>> 1); see CounterRandom.

    /**
     * Fills row d with the uniforms in (0, 1) of draw {@code firstDraw + d} of consecutive samples, bit-equal in every implementation.
     *
     * <p>Two neighbouring draws, the first of them even, cost little more than one.
     *
     * @param key0        first word of the key
     * @param key1        second word of the key
     * @param firstSample sample of the first column
     * @param firstDraw   draw of the first row
     * @param draws       number of rows
     * @param out         {@code [draws x columns]}. Modified.
     */
    void fillUniform(
            int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride);

    /** Fills with standard normals; implementations agree to 2e-6 absolute. Otherwise as {@link #fillUniform}. */
    void fillNormal(
            int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride);

    /**
     * Fills as {@link #fillUniform} with a key and a sample for every column, taken from {@code keyOffset} on.
     *
     * @param key0   first key words, one a column. Not modified.
     * @param key1   second key words, one a column. Not modified.
     * @param sample samples, one a column. Not modified.
     */
    void fillUniform(
            int[] key0, int[] key1, int[] sample, int keyOffset,
            int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride);

    /** Fills as {@link #fillNormal} with a key and a sample for every column. */
    void fillNormal(
            int[] key0, int[] key1, int[] sample, int keyOffset,
            int firstDraw, int draws, int columns, float[] out, int outOffset, int outStride);
}
