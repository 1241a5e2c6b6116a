package io.ponder.engine.nn;

import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Sets the starting values of one member's parameter tensor.
 *
 * <p>An entry may depend on the shape, the key and its place only, so that the same seed gives the same network everywhere. The first
 * length of a shape is the number of outputs, the product of the others the number of inputs.
 */
@FunctionalInterface
public interface Initialiser {
    /**
     * Fills one member's entries.
     *
     * @param values flat parameter array. Modified from {@code offset} on.
     * @param offset where the tensor of this member begins
     * @param shape  shape of one member's tensor
     * @param seed   seed of the counter generator
     * @param stream stream of the counter generator, different for every tensor and member; {@link #member} reads it
     */
    void fill(float[] values, int offset, int[] shape, long seed, long stream);

    /** Returns the stream of a tensor and a member. */
    static long stream(int tensor, int member) {
        return ((long) tensor << 32) | member;
    }

    /** Returns the member of a {@link #stream}. */
    static int member(long stream) {
        return (int) stream;
    }

    /** Returns zeros: biases, and the last layer of reward and value heads. */
    static Initialiser zeros() {
        return constant(0);
    }

    /** Returns one value everywhere. */
    static Initialiser constant(float value) {
        return (values, offset, shape, seed, stream) -> Arrays.fill(values, offset, offset + size(shape), value);
    }

    /** Returns a normal of mean 0 that is drawn again beyond two standard deviations. */
    static Initialiser truncatedNormal(double standardDeviation) {
        return (values, offset, shape, seed, stream) -> truncated(values, offset, size(shape), standardDeviation, seed, stream);
    }

    /** Returns the truncated normal of standard deviation {@code 1 / (2 sqrt(in))} of PETS (Chua et al. 2018). */
    static Initialiser truncatedNormalByInputs() {
        return (values, offset, shape, seed, stream) ->
                truncated(values, offset, size(shape), 0.5 / Math.sqrt(inputs(shape)), seed, stream);
    }

    /** Returns the uniform on +-{@code gain * sqrt(6 / (in + out))} (Glorot and Bengio 2010). */
    static Initialiser xavierUniform(double gain) {
        return (values, offset, shape, seed, stream) ->
                uniform(values, offset, size(shape), gain * Math.sqrt(6.0 / (inputs(shape) + outputs(shape))), seed, stream);
    }

    /** Returns the normal of variance {@code gain^2 * 2 / (in + out)} (Glorot and Bengio 2010). */
    static Initialiser xavierNormal(double gain) {
        return (values, offset, shape, seed, stream) ->
                normal(values, offset, size(shape), gain * Math.sqrt(2.0 / (inputs(shape) + outputs(shape))), seed, stream);
    }

    /** Returns the uniform on +-{@code sqrt(6 / in)}, for layers before a relu (He et al. 2015). */
    static Initialiser heUniform() {
        return (values, offset, shape, seed, stream) ->
                uniform(values, offset, size(shape), Math.sqrt(6.0 / inputs(shape)), seed, stream);
    }

    /** Returns the normal of variance {@code 2 / in}, for layers before a relu (He et al. 2015). */
    static Initialiser heNormal() {
        return (values, offset, shape, seed, stream) ->
                normal(values, offset, size(shape), Math.sqrt(2.0 / inputs(shape)), seed, stream);
    }

    /** Returns {@code gain} times a random matrix with orthonormal rows or, where it is taller than wide, columns (Saxe et al. 2014). */
    static Initialiser orthogonal(double gain) {
        return (values, offset, shape, seed, stream) -> orthogonal(values, offset, outputs(shape), inputs(shape), gain, seed, stream);
    }

    private static int size(int[] shape) {
        return outputs(shape) * inputs(shape);
    }

    private static int outputs(int[] shape) {
        return shape.length == 0 ? 1 : shape[0];
    }

    private static int inputs(int[] shape) {
        int inputs = 1;
        for (int i = 1; i < shape.length; i++) inputs *= shape[i];
        return inputs;
    }

    private static void uniform(float[] values, int offset, int size, double bound, long seed, long stream) {
        long key = CounterRandom.key(seed, stream);
        for (int i = 0; i < size; i++) {
            values[offset + i] = (float) (bound * (2.0 * CounterRandom.uniform((int) key, (int) (key >>> 32), i, 0) - 1));
        }
    }

    private static void normal(float[] values, int offset, int size, double deviation, long seed, long stream) {
        long key = CounterRandom.key(seed, stream);
        for (int i = 0; i < size; i++) {
            values[offset + i] = (float) (deviation * CounterRandom.normal((int) key, (int) (key >>> 32), i, 0));
        }
    }

    private static void truncated(float[] values, int offset, int size, double deviation, long seed, long stream) {
        long key = CounterRandom.key(seed, stream);
        for (int i = 0; i < size; i++) {
            int draw = 0;
            float z;
            do {
                z = CounterRandom.normal((int) key, (int) (key >>> 32), i, draw++);
            } while (Math.abs(z) > 2);
            values[offset + i] = (float) (deviation * z);
        }
    }

    /** Orthonormalises the rows of a short matrix, or the columns of a tall one, by Gram and Schmidt, each twice for full accuracy. */
    private static void orthogonal(float[] values, int offset, int out, int in, double gain, long seed, long stream) {
        long key = CounterRandom.key(seed, stream);
        int count = Math.min(out, in);
        int length = Math.max(out, in);
        double[][] vectors = new double[count][length];
        for (int v = 0; v < count; v++) {
            double[] x = vectors[v];
            for (int i = 0; i < length; i++) x[i] = CounterRandom.normal((int) key, (int) (key >>> 32), v * length + i, 0);
            for (int pass = 0; pass < 2; pass++) {
                for (int u = 0; u < v; u++) addMultiple(x, -dot(x, vectors[u]), vectors[u]);
            }
            double norm = Math.sqrt(dot(x, x));
            for (int i = 0; i < length; i++) x[i] /= norm;
        }
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                values[offset + o * in + i] = (float) (gain * (out <= in ? vectors[o][i] : vectors[i][o]));
            }
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static void addMultiple(double[] x, double factor, double[] y) {
        for (int i = 0; i < x.length; i++) x[i] += factor * y[i];
    }
}
