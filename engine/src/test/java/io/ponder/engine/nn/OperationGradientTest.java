package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.Kernels;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation has a twin here, written in double straight from its formula. Outputs must equal the twin's, and derivatives the
 * central differences of the twin.
 */
class OperationGradientTest {
    /** Single precision against double: rounding of sums of some tens of terms. */
    private static final double TOLERANCE = 1e-5;
    /** Central differences in double: their error is of order step^2, about 1e-9. */
    private static final double STEP = 1e-5;

    /** Computes the output {@code [rows x K]} from inputs {@code [rows x K]} and the parameters. */
    interface Twin {
        double[] apply(double[][] x, double[] parameters, int k);
    }

    /**
     * The derivatives are those of {@code slope}, which is the twin itself except where an operation passes on another derivative; those by
     * parameters are 0 where they are {@code held}.
     */
    record Case(
            String title, int[] inputRows, BiFunction<NetworkBuilder, Node[], Node> operation, Twin twin, Twin slope, boolean held) {
        Case(String title, int[] inputRows, BiFunction<NetworkBuilder, Node[], Node> operation, Twin twin) {
            this(title, inputRows, operation, twin, twin, false);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("dense", new int[] {5},
                (b, x) -> b.dense("d", x[0], 3, Initialiser.zeros()), (x, p, k) -> dense(x[0], p, 5, 3, true, k)));
        cases.add(new Case("dense without bias", new int[] {4},
                (b, x) -> b.linear("d", x[0], 7, Initialiser.zeros()), (x, p, k) -> dense(x[0], p, 4, 7, false, k)));
        cases.add(elementwise("identity", (b, x) -> b.activation(Activation.IDENTITY, x), v -> v));
        cases.add(elementwise("relu", (b, x) -> b.activation(Activation.RELU, x), v -> Math.max(v, 0)));
        cases.add(elementwise("tanh", (b, x) -> b.activation(Activation.TANH, x), Math::tanh));
        cases.add(elementwise("sigmoid", (b, x) -> b.activation(Activation.SIGMOID, x), OperationGradientTest::sigmoid));
        cases.add(elementwise("silu", (b, x) -> b.activation(Activation.SILU, x), v -> v * sigmoid(v)));
        cases.add(elementwise("softplus", (b, x) -> b.activation(Activation.SOFTPLUS, x), OperationGradientTest::softplus));
        cases.add(elementwise("elu", (b, x) -> b.activation(Activation.ELU, x), v -> v > 0 ? v : Math.expm1(v)));
        cases.add(elementwise("mish", (b, x) -> b.activation(Activation.MISH, x), v -> v * Math.tanh(softplus(v))));
        cases.add(elementwise("scaled elu", (b, x) -> b.elu(0.3, x), v -> v > 0 ? v : 0.3 * Math.expm1(v)));
        cases.add(elementwise("affine", (b, x) -> b.affine(-1.5, 0.25, x), v -> -1.5 * v + 0.25));
        cases.add(elementwise("scale-gradient by 1", (b, x) -> b.scaleGradient(1, x), v -> v));
        cases.add(new Case("softmax", new int[] {6}, (b, x) -> b.softmax(3, x[0]), (x, p, k) -> softmax(x[0], 6, 3, k, false)));
        cases.add(new Case("log-softmax", new int[] {6}, (b, x) -> b.logSoftmax(6, x[0]), (x, p, k) -> softmax(x[0], 6, 6, k, true)));
        cases.add(new Case("layer-norm", new int[] {7}, (b, x) -> b.layerNorm("n", x[0], 1e-3),
                (x, p, k) -> normalise(x[0], p, 7, k, true, 1e-3)));
        cases.add(new Case("rms-norm", new int[] {7}, (b, x) -> b.rmsNorm("n", x[0], 1e-3),
                (x, p, k) -> normalise(x[0], p, 7, k, false, 1e-3)));
        cases.add(new Case("layer-norm, bare", new int[] {7}, (b, x) -> b.apply(new LayerNorm(1e-3), x[0]),
                (x, p, k) -> normalise(x[0], p, 7, k, true, 1e-3)));
        cases.add(new Case("rms-norm, bare", new int[] {7}, (b, x) -> b.apply(new RmsNorm(1e-3), x[0]),
                (x, p, k) -> normalise(x[0], p, 7, k, false, 1e-3)));
        cases.add(new Case("min-max-scale", new int[] {7}, (b, x) -> b.minMaxScale(0.01, x[0]),
                (x, p, k) -> minMaxScale(x[0], 7, k, 0.01)));
        cases.add(new Case("straight-through", new int[] {6}, (b, x) -> b.straightThrough(3, x[0]),
                (x, p, k) -> oneHot(x[0], 6, 3, k), (x, p, k) -> x[0].clone(), false));
        Twin standardised = (x, p, k) -> combine(3 * k, at -> (x[0][at] - p[at / k]) * p[3 + at / k]);
        cases.add(new Case("standardise", new int[] {3}, (b, x) -> b.standardise("s", x[0]), standardised, standardised, true));
        cases.add(new Case("concat", new int[] {2, 3, 1}, (b, x) -> b.concat(x), (x, p, k) -> concat(x)));
        cases.add(new Case("slice", new int[] {5}, (b, x) -> b.slice(x[0], 1, 3),
                (x, p, k) -> java.util.Arrays.copyOfRange(x[0], k, 4 * k)));
        cases.add(new Case("add", new int[] {3, 3, 3}, (b, x) -> b.add(x),
                (x, p, k) -> combine(x[0].length, i -> x[0][i] + x[1][i] + x[2][i])));
        cases.add(new Case("times", new int[] {3, 3}, (b, x) -> b.times(x[0], x[1]),
                (x, p, k) -> combine(x[0].length, i -> x[0][i] * x[1][i])));
        cases.add(new Case("times itself", new int[] {3}, (b, x) -> b.times(x[0], x[0]),
                (x, p, k) -> combine(x[0].length, i -> x[0][i] * x[0][i])));
        cases.add(new Case("sum", new int[] {4}, (b, x) -> b.sumRows(x[0]), (x, p, k) -> columnSums(x[0], 4, k, 1)));
        cases.add(new Case("mean", new int[] {4}, (b, x) -> b.meanRows(x[0]), (x, p, k) -> columnSums(x[0], 4, k, 0.25)));
        cases.add(new Case("bounded-log-variance", new int[] {3}, (b, x) -> b.boundedLogVariance("v", x[0]),
                (x, p, k) -> combine(x[0].length, i -> {
                    double max = p[i / k];
                    double min = p[3 + i / k];
                    double upper = max - softplus(max - x[0][i]);
                    return min + softplus(upper - min);
                })));
        cases.add(new Case("gaussian-nll", new int[] {3, 3, 3}, (b, x) -> b.gaussianNll(x[0], x[1], x[2]),
                (x, p, k) -> columnSums(
                        combine(x[0].length, i -> Math.pow(x[0][i] - x[2][i], 2) * Math.exp(-x[1][i]) + x[1][i]), 3, k, 1 / 3.0)));
        cases.add(new Case("squared-error", new int[] {4, 4}, (b, x) -> b.squaredError(x[0], x[1]),
                (x, p, k) -> columnSums(combine(x[0].length, i -> Math.pow(x[0][i] - x[1][i], 2)), 4, k, 0.25)));
        cases.add(new Case("cross-entropy", new int[] {5, 5}, (b, x) -> b.crossEntropy(x[0], x[1]), (x, p, k) -> {
            double[] log = softmax(x[0], 5, 5, k, true);
            return columnSums(combine(log.length, i -> -x[1][i] * log[i]), 5, k, 1);
        }));
        cases.add(new Case("negative-cosine", new int[] {5, 5}, (b, x) -> b.negativeCosine(0.1, x[0], x[1]), (x, p, k) -> {
            double[] dot = columnSums(combine(5 * k, i -> x[0][i] * x[1][i]), 5, k, 1);
            double[] own = columnSums(combine(5 * k, i -> x[0][i] * x[0][i]), 5, k, 1);
            double[] other = columnSums(combine(5 * k, i -> x[1][i] * x[1][i]), 5, k, 1);
            return combine(k, j -> -dot[j] / Math.sqrt((own[j] + 0.01) * (other[j] + 0.01)));
        }));
        cases.add(new Case("tanh-gaussian", new int[] {2, 2, 6},
                (b, x) -> b.tanhGaussianLogDensity(x[0], b.affine(0.5, 0, x[1]), b.activation(Activation.TANH, x[2])),
                (x, p, k) -> tanhGaussian(x, 2, 3, k)));
        cases.add(new Case("lstm-cell", new int[] {3, 2, 2}, (b, x) -> {
            RecurrentState next = b.lstmCell("l", x[0], new RecurrentState(x[1], x[2]), Initialiser.zeros());
            return b.concat(next.hidden(), next.cell());
        }, OperationGradientTest::lstm));
        cases.add(new Case("conv2d", new int[] {3 * 5 * 2}, (b, x) -> b.conv2d("c", x[0], 3, 5, 3, 3, Initialiser.zeros()),
                (x, p, k) -> convolution(x[0], p, 0, 3, 5, 2, 3, 3, 3, true, k)));
        cases.add(new Case("conv2d, 1 x 1", new int[] {2 * 3 * 3}, (b, x) -> b.conv2d("c", x[0], 2, 3, 7, 1, Initialiser.zeros()),
                (x, p, k) -> convolution(x[0], p, 0, 2, 3, 3, 7, 1, 1, true, k)));
        cases.add(new Case("conv2d, 1 x 5 without bias", new int[] {2 * 4}, (b, x) -> b.conv2d(
                b.parameter("w", Initialiser.zeros(), 9, 1, 5, 1), null, 2, 4, x[0]),
                (x, p, k) -> convolution(x[0], p, 0, 2, 4, 1, 9, 1, 5, false, k)));
        cases.add(new Case("residual block of convolutions", new int[] {2 * 2 * 2},
                (b, x) -> b.residualBlock("r", x[0], 2, 2, 3, true), OperationGradientTest::convolutionBlock));
        cases.add(new Case("gather-rows", new int[] {4}, (b, x) -> b.gatherRows(x[0], 2, 0, 2, 1, 2),
                (x, p, k) -> combine(5 * k, at -> x[0][new int[] {2, 0, 2, 1, 2}[at / k] * k + at % k])));
        cases.add(new Case("position-major", new int[] {6}, (b, x) -> b.positionMajor(x[0], 1, 2),
                (x, p, k) -> combine(6 * k, at -> x[0][(at / k % 3 * 2 + at / k / 3) * k + at % k])));
        cases.add(new Case("plane-major", new int[] {6}, (b, x) -> b.planeMajor(x[0], 1, 2),
                (x, p, k) -> combine(6 * k, at -> x[0][(at / k % 2 * 3 + at / k / 2) * k + at % k])));
        cases.add(new Case("residual block", new int[] {4},
                (b, x) -> b.add(x[0], b.activation(Activation.SILU, b.dense("d", x[0], 4, Initialiser.zeros()))), (x, p, k) -> {
                    double[] inner = dense(x[0], p, 4, 4, true, k);
                    return combine(inner.length, i -> x[0][i] + inner[i] * sigmoid(inner[i]));
                }));
        return cases;
    }

    private static Case elementwise(
            String title, BiFunction<NetworkBuilder, Node, Node> operation, java.util.function.DoubleUnaryOperator twin) {
        return new Case(title, new int[] {3}, (b, x) -> operation.apply(b, x[0]),
                (x, p, k) -> combine(x[0].length, i -> twin.applyAsDouble(x[0][i])));
    }

    @TestFactory
    Stream<DynamicTest> derivativesEqualCentralDifferencesInDouble() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.title(), () -> {
            for (int k : new int[] {1, 5, 17, 33}) {
                check(c, k, Kernels.plain());
                check(c, k, Kernels.get());
            }
        }));
    }

    private static void check(Case c, int k, Kernels kernels) {
        RandomGenerator random = new java.util.SplittableRandom(7 + k);
        NetworkBuilder builder = new NetworkBuilder();
        Node[] inputs = new Node[c.inputRows().length];
        for (int i = 0; i < inputs.length; i++) inputs[i] = builder.input("x" + i, c.inputRows()[i]);
        Node output = c.operation().apply(builder, inputs);
        Network network = builder.build(1);
        for (int i = 0; i < network.parameterCount(); i++) network.parameters()[i] = draw(random);
        Tape tape = new Tape(network, k + 2, Differentiate.PARAMETERS_AND_INPUTS, kernels, output);
        double[][] x = new double[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
            float[] values = tape.values(inputs[i]);
            // The little that every row gets keeps entries of a column apart, so that no step changes which is the largest.
            for (int j = 0; j < inputs[i].rows() * k; j++) values[j] = draw(random) + j / k / 8192f;
            x[i] = doubles(values, inputs[i].rows() * k);
        }
        double[] parameters = doubles(network.parameters(), network.parameterCount());

        tape.forward(0, k);
        assertThat(Golden.error(tape.values(output), 0, c.twin().apply(x, parameters, k))).as("output").isLessThan(TOLERANCE);

        double[] weights = new double[output.rows() * k];
        for (int j = 0; j < weights.length; j++) {
            tape.seed(output)[j] = draw(random);
            weights[j] = tape.seed(output)[j];
        }
        ParameterGradient gradient = new ParameterGradient(network);
        java.util.Arrays.fill(gradient.values(), Float.NaN);
        tape.backward(gradient, false);
        gradient.sumShared();

        for (int i = 0; i < inputs.length; i++) {
            double[] expected = differences(x[i], () -> loss(c, x, parameters, k, weights));
            assertThat(Golden.error(tape.gradient(inputs[i]), 0, expected)).as("by input " + i + ", K " + k).isLessThan(TOLERANCE);
        }
        double[] expected = c.held() ? new double[parameters.length] : differences(parameters, () -> loss(c, x, parameters, k, weights));
        assertThat(Golden.error(gradient.values(), 0, expected)).as("by parameters, K " + k).isLessThan(TOLERANCE);
    }

    /** Multiples of 1/64 away from 0, so that no step crosses the kink of relu and elu. */
    private static float draw(RandomGenerator random) {
        int n = random.nextInt(1, 128);
        return (random.nextBoolean() ? n : -n) / 64f;
    }

    private static double loss(Case c, double[][] x, double[] parameters, int k, double[] weights) {
        double[] y = c.slope().apply(x, parameters, k);
        double sum = 0;
        for (int i = 0; i < y.length; i++) sum += weights[i] * y[i];
        return sum;
    }

    private static double[] differences(double[] at, java.util.function.DoubleSupplier function) {
        double[] slopes = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double held = at[i];
            at[i] = held + STEP;
            double above = function.getAsDouble();
            at[i] = held - STEP;
            double below = function.getAsDouble();
            at[i] = held;
            slopes[i] = (above - below) / (2 * STEP);
        }
        return slopes;
    }

    @Test
    void stoppedGradientIsZeroAndScaledGradientIsScaled() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        Node halved = builder.scaleGradient(0.5, x);
        Node y = builder.add(halved, builder.stopGradient(builder.times(x, x)));
        Tape tape = new Tape(builder.build(0), 3, Differentiate.INPUTS, y);
        float[] values = {1, 2, 3, 4, 5, 6};
        System.arraycopy(values, 0, tape.values(x), 0, 6);

        tape.forward(0, 3);
        java.util.Arrays.fill(tape.seed(y), 1f);
        tape.backward(null, false);

        assertThat(java.util.Arrays.copyOf(tape.values(y), 6)).containsExactly(2, 6, 12, 20, 30, 42);
        assertThat(tape.gradient(x)).containsOnly(0.5f);
    }

    /** An operation without a case above fails here. */
    @Test
    void noOperationIsForgotten() throws IOException, URISyntaxException {
        Path folder = Path.of(Operation.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve("io/ponder/engine/nn");
        Set<String> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .map(name -> type("io.ponder.engine.nn." + name.substring(0, name.length() - 6)))
                    .filter(type -> Operation.class.isAssignableFrom(type) && type != Operation.class)
                    .map(Class::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> covered = new TreeSet<>();
        for (Case c : cases()) {
            NetworkBuilder builder = new NetworkBuilder();
            Node[] inputs = new Node[c.inputRows().length];
            for (int i = 0; i < inputs.length; i++) inputs[i] = builder.input("x" + i, c.inputRows()[i]);
            c.operation().apply(builder, inputs);
            for (Node node : builder.build(0).nodes()) {
                if (node.operation() != null) covered.add(node.operation().getClass().getSimpleName());
            }
        }
        assertThat(covered).isEqualTo(all).hasSizeGreaterThan(15);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] doubles(float[] values, int count) {
        double[] copy = new double[count];
        for (int i = 0; i < count; i++) copy[i] = values[i];
        return copy;
    }

    private static double[] combine(int length, java.util.function.IntToDoubleFunction entry) {
        double[] y = new double[length];
        for (int i = 0; i < length; i++) y[i] = entry.applyAsDouble(i);
        return y;
    }

    private static double[] dense(double[] x, double[] p, int in, int out, boolean bias, int k) {
        return combine(out * k, at -> {
            double sum = bias ? p[out * in + at / k] : 0;
            for (int i = 0; i < in; i++) sum += p[at / k * in + i] * x[i * k + at % k];
            return sum;
        });
    }

    /** Straight from the sum; the parameters are weights and biases from {@code first} on. */
    private static double[] convolution(
            double[] x, double[] p, int first, int height, int width, int in, int out, int kernelHeight, int kernelWidth, boolean bias, int k) {
        return combine(height * width * out * k, at -> {
            int o = at / k % out;
            int row = at / k / out / width;
            int column = at / k / out % width;
            double sum = bias ? p[first + out * kernelHeight * kernelWidth * in + o] : 0;
            for (int i = 0; i < kernelHeight; i++) {
                for (int j = 0; j < kernelWidth; j++) {
                    int y = row + i - kernelHeight / 2;
                    int z = column + j - kernelWidth / 2;
                    if (y < 0 || y >= height || z < 0 || z >= width) continue;
                    for (int c = 0; c < in; c++) {
                        sum += p[first + ((o * kernelHeight + i) * kernelWidth + j) * in + c] * x[((y * width + z) * in + c) * k + at % k];
                    }
                }
            }
            return sum;
        });
    }

    /** A block of 2 x 2 positions, 2 channels and 3 x 3 taps: 38 parameters a convolution, 16 a normalisation. */
    private static double[] convolutionBlock(double[][] x, double[] p, int k) {
        double[] y = x[0];
        for (int layer = 0; layer < 2; layer++) {
            int first = layer * (38 + 16);
            y = convolution(y, p, first, 2, 2, 2, 2, 3, 3, true, k);
            y = normalise(y, java.util.Arrays.copyOfRange(p, first + 38, first + 54), 8, k, true, 1e-5);
            double[] inner = y;
            y = layer == 0 ? combine(y.length, i -> Math.max(inner[i], 0)) : combine(y.length, i -> Math.max(inner[i] + x[0][i], 0));
        }
        return y;
    }

    private static double[] columnSums(double[] x, int rows, int k, double factor) {
        return combine(k, j -> {
            double sum = 0;
            for (int i = 0; i < rows; i++) sum += x[i * k + j];
            return factor * sum;
        });
    }

    private static double[] concat(double[][] x) {
        return Stream.of(x).flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    private static double[] softmax(double[] x, int rows, int group, int k, boolean log) {
        return combine(rows * k, at -> {
            int first = at / k / group * group;
            double total = 0;
            for (int i = first; i < first + group; i++) total += Math.exp(x[i * k + at % k]);
            return log ? x[at] - Math.log(total) : Math.exp(x[at]) / total;
        });
    }

    private static double[] tanhGaussian(double[][] x, int size, int samples, int k) {
        return combine(samples * k, at -> {
            double sum = 0;
            for (int d = 0; d < size; d++) {
                double u = x[2][(at / k * size + d) * k + at % k];
                double deviation = Math.exp(0.5 * x[1][d * k + at % k]);
                double z = (u - x[0][d * k + at % k]) / deviation;
                double a = Math.tanh(u);
                sum += -z * z / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI)) - Math.log(1 - a * a + 1e-6);
            }
            return sum;
        });
    }

    /** Three inputs, two cells. */
    private static double[] lstm(double[][] x, double[] p, int k) {
        double[] gates = dense(concat(new double[][] {x[0], x[1]}), p, 5, 8, true, k);
        double[] cell = combine(2 * k, i ->
                sigmoid(gates[2 * k + i]) * x[2][i] + sigmoid(gates[i]) * Math.tanh(gates[4 * k + i]));
        double[] hidden = combine(2 * k, i -> sigmoid(gates[6 * k + i]) * Math.tanh(cell[i]));
        return concat(new double[][] {hidden, cell});
    }

    private static double[] minMaxScale(double[] x, int rows, int k, double epsilon) {
        return combine(rows * k, at -> {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < rows; i++) {
                min = Math.min(min, x[i * k + at % k]);
                max = Math.max(max, x[i * k + at % k]);
            }
            return (x[at] - min) / (max - min + epsilon);
        });
    }

    private static double[] oneHot(double[] x, int rows, int group, int k) {
        return combine(rows * k, at -> {
            int first = at / k / group * group;
            int best = first;
            for (int i = first + 1; i < first + group; i++) {
                if (x[i * k + at % k] > x[best * k + at % k]) best = i;
            }
            return best == at / k ? 1 : 0;
        });
    }

    private static double[] normalise(double[] x, double[] p, int rows, int k, boolean centre, double epsilon) {
        double[] mean = centre ? columnSums(x, rows, k, 1.0 / rows) : new double[k];
        double[] square = columnSums(combine(x.length, at -> Math.pow(x[at] - mean[at % k], 2)), rows, k, 1.0 / rows);
        return combine(x.length, at -> {
            double y = (x[at] - mean[at % k]) / Math.sqrt(square[at % k] + epsilon);
            if (p.length > 0) y *= p[at / k];
            return p.length > rows ? y + p[rows + at / k] : y;
        });
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }
}
