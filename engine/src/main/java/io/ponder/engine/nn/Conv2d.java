package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolution over the positions of a board, with zeros beyond its edges, so that the output has the size of the input.
 *
 * <p>Blocks are position-major: row (y * width + x) * channels + channel, the board read line by line. The taps of one kernel row then meet
 * consecutive rows of the input, so an output position is one dense product per kernel row, and nothing is copied. Weights are
 * {@code [out x kernelHeight x kernelWidth x in]}: y(o, p) = b(o) + sum over taps t and channels c of w(o, t, c) x(c, p + t), the
 * cross-correlation that is usual in networks.
 */
final class Conv2d implements Operation {
    /**
     * Columns of a product: up to 159 the kernels read the weights as they lie and need not pack them for every position. A multiple of
     * 16, the widest tile of 8 lanes.
     */
    private static final int BLOCK = 128;

    private final int height;
    private final int width;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int in;
    private final int out;
    private final List<ParameterTensor> parameters;

    Conv2d(int height, int width, ParameterTensor weight, @Nullable ParameterTensor bias) {
        this.height = Checks.positive("height", height);
        this.width = Checks.positive("width", width);
        int[] shape = weight.memberShape();
        Checks.same("dimensions of " + weight.name(), shape.length, "dimensions of a convolution's weights", 4);
        this.out = shape[0];
        this.kernelHeight = requireOdd("kernelHeight", shape[1]);
        this.kernelWidth = requireOdd("kernelWidth", shape[2]);
        this.in = shape[3];
        this.parameters = bias == null ? List.of(weight) : List.of(weight, bias);
    }

    private static int requireOdd(String name, int value) {
        if (value % 2 == 0) {
            throw new IllegalArgumentException(name + " is " + value + ", but it must be odd.\nMaybe take " + (value + 1) + ".");
        }
        return value;
    }

    @Override
    public String name() {
        return "conv2d";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of the input", inputRows[0], "height * width * channels", height * width * in);
        return height * width * out;
    }

    @Override
    public List<ParameterTensor> parameters() {
        return parameters;
    }

    @Override
    public boolean overwritesParameters() {
        return true;
    }

    /** One position of the output's derivative, transposed. */
    @Override
    public int scratchRows(int... inputRows) {
        return out;
    }

    /** The weights of a backward pass: first their derivative, then a copy. */
    @Override
    public int workFloats(int... inputRows) {
        return parameters.get(0).memberSize();
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        boolean biased = parameters.size() == 2;
        float[] transposed = f.transposedWeights();
        if (k > Kernels.FEW_COLUMNS) transposed = null;
        boolean few = transposed != null;
        for (int j = 0; j < k; j += BLOCK) {
            correlate(f.kernels(), few, in, out, k, Math.min(BLOCK, k - j), transposed != null ? transposed : f.parameters(),
                    few ? f.transposedOffset() : f.parameterOffset(0), f.parameters(), biased ? f.parameterOffset(1) : -1,
                    f.input(0), f.inputOffset(0) + j, f.output(), f.outputOffset() + j);
        }
    }

    @Override
    public void backward(OperationFrame f) {
        if (f.wantsParameters()) parameterGradient(f);
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        float[] turned = f.work();
        turn(f.parameters(), f.parameterOffset(0), turned);
        for (int j = 0; j < k; j += BLOCK) {
            correlate(f.kernels(), false, out, in, k, Math.min(BLOCK, k - j), turned, 0, turned, -1,
                    f.outputGradient(), j, f.inputGradient(0), j);
        }
    }

    /**
     * Correlates {@code [from]} channels to {@code [to]} channels; the chain of an entry goes over the kernel rows, taps and channels in ascending
     * order, whatever the number of columns.
     *
     * @param transposed whether the weights are {@code [taps x from x to]} instead of {@code [to x taps x from]}
     * @param biasOffset place of the biases, or -1
     */
    private void correlate(
            Kernels kernels, boolean transposed, int from, int to, int stride, int columns, float[] w, int wo, float[] bias, int biasOffset,
            float[] x, int xo, float[] y, int yo) {
        int taps = kernelHeight * kernelWidth;
        for (int row = 0; row < height; row++) {
            int firstLine = Math.max(0, row - kernelHeight / 2);
            int lastLine = Math.min(height - 1, row + kernelHeight / 2);
            for (int column = 0; column < width; column++) {
                int first = Math.max(0, column - kernelWidth / 2);
                int inner = (Math.min(width - 1, column + kernelWidth / 2) - first + 1) * from;
                int c = yo + (row * width + column) * to * stride;
                for (int line = firstLine; line <= lastLine; line++) {
                    int tap = (line - row + kernelHeight / 2) * kernelWidth + first - column + kernelWidth / 2;
                    int b = xo + (line * width + first) * from * stride;
                    boolean begins = line == firstLine;
                    if (transposed) {
                        int a = wo + tap * from * to;
                        if (begins && biasOffset >= 0) {
                            kernels.multiplyLeftTransposedBias(to, columns, inner, w, a, to, x, b, stride, bias, biasOffset, y, c, stride);
                        } else {
                            kernels.multiplyLeftTransposed(to, columns, inner, w, a, to, x, b, stride, y, c, stride, !begins);
                        }
                    } else {
                        int a = wo + tap * from;
                        if (begins && biasOffset >= 0) {
                            kernels.multiplyBias(to, columns, inner, w, a, taps * from, x, b, stride, bias, biasOffset, y, c, stride);
                        } else {
                            kernels.multiply(to, columns, inner, w, a, taps * from, x, b, stride, y, c, stride, !begins);
                        }
                    }
                }
            }
        }
    }

    /** Sums dw(t, c, o) = x(c, p + t) dy(o, p) over positions and columns in the work space, transposed: so only dy has to be turned. */
    private void parameterGradient(OperationFrame f) {
        int k = f.columns();
        float[] dw = f.work();
        float[] dy = f.outputGradient();
        float[] s = f.scratch();
        f.kernels().fill(parameters.get(0).memberSize(), 0, dw, 0);
        for (int row = 0; row < height; row++) {
            int firstLine = Math.max(0, row - kernelHeight / 2);
            int lastLine = Math.min(height - 1, row + kernelHeight / 2);
            for (int column = 0; column < width; column++) {
                int first = Math.max(0, column - kernelWidth / 2);
                int inner = (Math.min(width - 1, column + kernelWidth / 2) - first + 1) * in;
                f.kernels().transpose(out, k, dy, (row * width + column) * out * k, k, s, 0, out);
                for (int line = firstLine; line <= lastLine; line++) {
                    int tap = (line - row + kernelHeight / 2) * kernelWidth + first - column + kernelWidth / 2;
                    f.kernels().multiply(inner, out, k, f.input(0), f.inputOffset(0) + (line * width + first) * in * k, k, s, 0, out,
                            dw, tap * in * out, out, true);
                }
            }
        }
        addTransposed(f, dw);
        if (parameters.size() == 2) {
            for (int p = 0; p < height * width; p++) {
                f.kernels().sumRows(out, k, dy, p * out * k, k, f.parameterGradients(), f.parameterGradientOffset(1),
                        p > 0 || f.accumulates());
            }
        }
    }

    private void addTransposed(OperationFrame f, float[] dw) {
        int inner = kernelHeight * kernelWidth * in;
        float[] gradient = f.parameterGradients();
        int go = f.parameterGradientOffset(0);
        if (!f.accumulates()) {
            f.kernels().transpose(inner, out, dw, 0, out, gradient, go, inner);
            return;
        }
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < inner; i++) gradient[go + o * inner + i] += dw[i * out + o];
        }
    }

    /** Copies the weights {@code [out x taps x in]} to {@code [in x taps turned by half a circle x out]}, which leads derivatives back. */
    private void turn(float[] w, int wo, float[] turned) {
        int taps = kernelHeight * kernelWidth;
        for (int o = 0; o < out; o++) {
            for (int t = 0; t < taps; t++) {
                int from = wo + (o * taps + t) * in;
                int to = (taps - 1 - t) * out + o;
                for (int c = 0; c < in; c++) turned[to + c * taps * out] = w[from + c];
            }
        }
    }
}
