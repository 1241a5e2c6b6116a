package io.ponder.engine.nn;

import io.ponder.engine.tensor.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Shows an operation where its blocks are: inputs, output, parameters, scratch, and in a backward pass their derivatives.
 *
 * <p>Every block is a float array and an offset. The blocks are those of one ensemble member and one batch, and change between calls.
 * Not thread-safe.
 */
public final class OperationFrame {
    private final Operation operation;
    private final Kernels kernels;
    private final float[][] values;
    private final int[] valueOffsets;
    private final int[] inputs;
    private final int[] inputRows;
    private final int output;
    private final int rows;
    private final ParameterTensor[] tensors;
    private final float[] parameters;
    private final int[] parameterOffsets;
    private final int[] gradientOffsets;
    private final float[] scratch;
    private final float[] work;
    private final float[] @Nullable [] inputGradients;
    private float @Nullable [] outputGradient;
    private float @Nullable [] parameterGradients;
    private float @Nullable [] transposedWeights;
    private int member;
    private int columns;
    private boolean accumulates;

    OperationFrame(
            Node node, Kernels kernels, float[] parameters, float[][] values, int[] valueOffsets, int[] slots, float[] scratch,
            float[] work) {
        this.operation = java.util.Objects.requireNonNull(node.operation());
        this.kernels = kernels;
        this.values = values;
        this.valueOffsets = valueOffsets;
        this.output = slots[node.index()];
        this.rows = node.rows();
        Node[] sources = node.inputs();
        this.inputs = new int[sources.length];
        this.inputRows = new int[sources.length];
        for (int i = 0; i < sources.length; i++) {
            inputs[i] = slots[sources[i].index()];
            inputRows[i] = sources[i].rows();
        }
        this.tensors = operation.parameters().toArray(new ParameterTensor[0]);
        this.parameters = parameters;
        this.parameterOffsets = new int[tensors.length];
        this.gradientOffsets = new int[tensors.length];
        this.scratch = scratch;
        this.work = work;
        this.inputGradients = new float[sources.length][];
    }

    /** Returns the kernels to compute with. */
    public Kernels kernels() {
        return kernels;
    }

    /** Returns the number of samples K. */
    public int columns() {
        return columns;
    }

    /** Returns the number of inputs. */
    public int inputCount() {
        return inputs.length;
    }

    /** Returns the rows of input {@code i}. */
    public int inputRows(int i) {
        return inputRows[i];
    }

    /** Returns the array that holds input {@code i}. Not to be modified. */
    public float[] input(int i) {
        return values[inputs[i]];
    }

    /** Returns where input {@code i} begins. */
    public int inputOffset(int i) {
        return valueOffsets[inputs[i]];
    }

    /** Returns the rows of the output. */
    public int rows() {
        return rows;
    }

    /** Returns the array that holds the output. */
    public float[] output() {
        return values[output];
    }

    /** Returns where the output begins. */
    public int outputOffset() {
        return valueOffsets[output];
    }

    /** Returns the array that holds the parameters. Not to be modified. */
    public float[] parameters() {
        return parameters;
    }

    /** Returns where parameter tensor {@code i} of the operation begins, for the member that runs. */
    public int parameterOffset(int i) {
        return parameterOffsets[i];
    }

    /** Returns the scratch block, beginning at 0. */
    public float[] scratch() {
        return scratch;
    }

    /** Returns the work space of {@link Operation#workFloats}, beginning at 0; only in a backward pass. */
    public float[] work() {
        return work;
    }

    /** Returns whether the derivative by input {@code i} is wanted. */
    public boolean wantsInput(int i) {
        return inputGradients[i] != null;
    }

    /** Returns the array for the derivative by input {@code i}, beginning at 0. To be overwritten; only if {@link #wantsInput}. */
    public float[] inputGradient(int i) {
        float[] gradient = inputGradients[i];
        if (gradient == null) throw new IllegalStateException("the derivative by input " + i + " of " + operation.name() + " is not wanted");
        return gradient;
    }

    /** Returns the derivative by the output, beginning at 0. Not to be modified, but see {@link Operation#inPlace}. */
    public float[] outputGradient() {
        float[] gradient = outputGradient;
        if (gradient == null) throw new IllegalStateException(operation.name() + " is not in a backward pass");
        return gradient;
    }

    /** Returns whether the derivatives by the parameters are wanted. */
    public boolean wantsParameters() {
        return parameterGradients != null && tensors.length > 0;
    }

    /** Returns the array for the derivatives by the parameters. To be added to; only if {@link #wantsParameters}. */
    public float[] parameterGradients() {
        float[] gradients = parameterGradients;
        if (gradients == null) throw new IllegalStateException("the derivatives by the parameters of " + operation.name() + " are not wanted");
        return gradients;
    }

    /** Returns where the derivatives by parameter tensor {@code i} begin. */
    public int parameterGradientOffset(int i) {
        return gradientOffsets[i];
    }

    /** Returns whether the derivatives by the parameters are to be added to what is there; read if {@link Operation#overwritesParameters}. */
    public boolean accumulates() {
        return accumulates;
    }

    /**
     * Returns parameter tensor 0 of all members, each transposed to {@code [in x out]}, or null if there is no such copy; kept by
     * {@link ForwardPass#transposeWeights} for runs of few columns.
     */
    float @Nullable [] transposedWeights() {
        return transposedWeights;
    }

    /** Returns where {@link #transposedWeights} of the member that runs begin. */
    int transposedOffset() {
        return member * tensors[0].memberSize();
    }

    /** Copies parameter tensor 0, {@code [out x in ...]}, of every member into {@link #transposedWeights}. */
    void transposeWeights(int members) {
        ParameterTensor weight = tensors[0];
        int out = weight.memberShape()[0];
        int in = weight.memberSize() / out;
        float[] copy = transposedWeights;
        // A vector more, so that the last outputs can be read as a whole one.
        if (copy == null) copy = new float[Math.addExact(Math.multiplyExact(members, weight.memberSize()), kernels.lanes())];
        for (int e = 0; e < members; e++) {
            kernels.transpose(out, in, parameters, weight.offset(e), in, copy, e * weight.memberSize(), out);
        }
        transposedWeights = copy;
    }

    Operation operation() {
        return operation;
    }

    void inputGradient(int i, float @Nullable [] gradient) {
        inputGradients[i] = gradient;
    }

    void outputGradient(float[] gradient) {
        outputGradient = gradient;
    }

    void forward(int member, int columns) {
        this.member = member;
        this.columns = columns;
        for (int i = 0; i < tensors.length; i++) parameterOffsets[i] = tensors[i].offset(member);
        operation.forward(this);
    }

    /** Runs backwards; {@code fresh} says that nobody has written the derivatives by the parameters yet. */
    void backward(int member, @Nullable ParameterGradient gradient, boolean fresh) {
        accumulates = !fresh;
        parameterGradients = gradient == null ? null : gradient.storage();
        if (gradient != null) {
            for (int i = 0; i < tensors.length; i++) gradientOffsets[i] = gradient.offset(tensors[i], member);
        }
        operation.backward(this);
    }
}
