package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.nn.OperationGradientTest.Case;
import io.ponder.testing.Allocation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every operation beside its derivatives: columns are independent to the bit, and a pass allocates nothing. */
class OperationLawsTest {
    private static final int COLUMNS = 33;

    /** One operation on random inputs. */
    private static final class Setup {
        final Node[] inputs;
        final Node output;
        final Network network;
        final float[][] values;
        final float[] seed;

        Setup(Case c) {
            SplittableRandom random = new SplittableRandom(5);
            NetworkBuilder builder = new NetworkBuilder();
            inputs = new Node[c.inputRows().length];
            for (int i = 0; i < inputs.length; i++) inputs[i] = builder.input("x" + i, c.inputRows()[i]);
            output = c.operation().apply(builder, inputs);
            network = builder.build(1);
            fill(random, network.parameters());
            values = new float[inputs.length][];
            for (int i = 0; i < inputs.length; i++) fill(random, values[i] = new float[inputs[i].rows() * COLUMNS]);
            fill(random, seed = new float[output.rows() * COLUMNS]);
        }

        private static void fill(SplittableRandom random, float[] x) {
            for (int i = 0; i < x.length; i++) x[i] = (float) random.nextDouble(-0.9, 0.9);
        }

        /** Runs columns {@code first ..}, forwards and backwards. */
        void run(Tape tape, int first, int columns) {
            for (int i = 0; i < inputs.length; i++) copy(values[i], first, columns, tape.values(inputs[i]));
            tape.forward(0, columns);
            copy(seed, first, columns, tape.seed(output));
            tape.backward(null, false);
        }

        private static void copy(float[] all, int first, int columns, float[] to) {
            for (int i = 0; i < all.length / COLUMNS; i++) System.arraycopy(all, i * COLUMNS + first, to, i * columns, columns);
        }
    }

    @TestFactory
    Stream<DynamicTest> aColumnAloneEqualsTheColumnInABatchToTheBit() {
        return OperationGradientTest.cases().stream().map(c -> DynamicTest.dynamicTest(c.title(), () -> {
            Setup setup = new Setup(c);
            Tape batch = new Tape(setup.network, COLUMNS, Differentiate.PARAMETERS_AND_INPUTS, setup.output);
            setup.run(batch, 0, COLUMNS);
            Tape alone = new Tape(setup.network, 7, Differentiate.PARAMETERS_AND_INPUTS, setup.output);
            for (int[] part : new int[][] {{0, 1}, {16, 1}, {32, 1}, {5, 7}}) {
                setup.run(alone, part[0], part[1]);
                for (Node input : setup.inputs) {
                    requireEqual(alone.gradient(input), batch.gradient(input), input.rows(), part[0], part[1], "derivative by " + input);
                }
                requireEqual(alone.values(setup.output), batch.values(setup.output), setup.output.rows(), part[0], part[1], "output");
            }
            float[] passed = new float[setup.output.rows() * COLUMNS];
            ForwardPass pass = new ForwardPass(setup.network, 4, setup.output);
            pass.transposeWeights();
            for (int i = 0; i < setup.inputs.length; i++) pass.read(setup.inputs[i], setup.values[i], 0, COLUMNS);
            pass.write(setup.output, passed, 0, COLUMNS);
            pass.run(0, COLUMNS);
            assertThat(passed).as("forward pass").isEqualTo(Arrays.copyOf(batch.values(setup.output), passed.length));
        }));
    }

    private static void requireEqual(float[] alone, float[] batch, int rows, int first, int columns, String what) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                assertThat(alone[i * columns + j]).as(what + ", row " + i + ", column " + (first + j)).isEqualTo(batch[i * COLUMNS + first + j]);
            }
        }
    }

    @Test
    void aWarmPassOfAnyOperationAllocatesNothing() {
        List<Setup> setups = OperationGradientTest.cases().stream().map(Setup::new).toList();
        Tape[] tapes = new Tape[setups.size()];
        ParameterGradient[] gradients = new ParameterGradient[tapes.length];
        for (int i = 0; i < tapes.length; i++) {
            Setup setup = setups.get(i);
            tapes[i] = new Tape(setup.network, COLUMNS, Differentiate.PARAMETERS_AND_INPUTS, setup.output);
            gradients[i] = new ParameterGradient(setup.network);
            setup.run(tapes[i], 0, COLUMNS);
        }
        long allocated = Allocation.onceWarm(() -> {
            for (int i = 0; i < tapes.length; i++) {
                tapes[i].forward(0, COLUMNS);
                tapes[i].backward(gradients[i], false);
            }
        });
        assertThat(allocated).isZero();
    }

    @Test
    void aConstantColumnScalesToZeroAndPassesNothingBack() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 3);
        Node y = builder.minMaxScale(1e-5, x);
        Tape tape = new Tape(builder.build(0), 2, Differentiate.INPUTS, y);
        float[] values = {4, 1, 4, 2, 4, 5};
        System.arraycopy(values, 0, tape.values(x), 0, 6);
        tape.forward(0, 2);
        Arrays.fill(tape.seed(y), 1f);
        tape.seed(y)[2] = 3;
        tape.backward(null, false);

        assertThat(new float[] {tape.values(y)[0], tape.values(y)[2], tape.values(y)[4]}).containsOnly(0);
        assertThat(new float[] {tape.gradient(x)[0], tape.gradient(x)[2], tape.gradient(x)[4]}).containsOnly(0);
        assertThat(tape.values(y)[5]).as("the other column").isBetween(0.99999f, 1f);
        assertThat(tape.gradient(x)[3]).isNotZero();
    }

    @Test
    void anActionAtTheEdgeHasAFiniteDensityAndNoDerivative() {
        NetworkBuilder builder = new NetworkBuilder();
        Node mean = builder.input("mean", 1);
        Node deviation = builder.input("deviation", 1);
        Node actions = builder.input("actions", 2);
        Node y = builder.tanhGaussianLogDensity(mean, deviation, actions);
        Tape tape = new Tape(builder.build(0), 1, Differentiate.INPUTS, y);
        tape.values(mean)[0] = 0.5f;
        tape.values(actions)[0] = 1;
        tape.values(actions)[1] = 0.25f;
        tape.forward(0, 1);
        Arrays.fill(tape.seed(y), 1f);
        tape.backward(null, false);

        double z = 0.5 * Math.log((2 - 1e-6) / 1e-6) - 0.5;
        double expected = -z * z / 2 - 0.5 * Math.log(2 * Math.PI) - Math.log(3e-6);
        // Beside 1 the spacing of floats is 6e-8: 1 - a is known to 6 %, atanh to 0.03, the density to 0.25.
        assertThat((double) tape.values(y)[0]).isCloseTo(expected, within(0.25));
        assertThat(tape.gradient(actions)[0]).isZero();
        assertThat(tape.gradient(actions)[1]).isNotZero().isFinite();
        assertThat(tape.gradient(mean)[0]).isFinite();
        assertThatThrownBy(() -> new TanhGaussian().rows(2, 2, 5)).hasMessageContaining("multiple of the rows of mean, 2");
    }

    /** The density of a in (-1, 1) integrates to 1. */
    @Test
    void theTanhGaussianIsADensity() {
        int samples = 4000;
        NetworkBuilder builder = new NetworkBuilder();
        Node mean = builder.input("mean", 1);
        Node deviation = builder.input("deviation", 1);
        Node actions = builder.input("actions", samples);
        Node y = builder.tanhGaussianLogDensity(mean, deviation, actions);
        float[] at = new float[samples];
        for (int i = 0; i < samples; i++) at[i] = (i + 0.5f) * 2 / samples - 1;
        float[] out = new float[samples];
        ForwardPass pass = new ForwardPass(builder.build(0), 1, y);
        pass.read(mean, new float[] {0.3f}, 0, 1);
        pass.read(deviation, new float[] {-0.7f}, 0, 1);
        pass.read(actions, at, 0, 1);
        pass.write(y, out, 0, 1);
        pass.run(0, 1);

        double mass = 0;
        for (float logDensity : out) mass += Math.exp(logDensity) * 2 / samples;
        assertThat(mass).isCloseTo(1, within(1e-3));
    }

    @Test
    void aZeroVectorHasCosineZeroAndAFiniteDerivative() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        Node t = builder.target("t", 2);
        Node y = builder.negativeCosine(1e-5, x, t);
        Tape tape = new Tape(builder.build(0), 2, Differentiate.INPUTS, y);
        System.arraycopy(new float[] {0, 3, 0, 4}, 0, tape.values(x), 0, 4);
        System.arraycopy(new float[] {1, 6, 0, 8}, 0, tape.values(t), 0, 4);
        tape.forward(0, 2);
        Arrays.fill(tape.seed(y), 1f);
        tape.backward(null, false);

        assertThat(tape.values(y)[0]).isZero();
        assertThat(tape.values(y)[1]).isCloseTo(-1, within(1e-6f));
        assertThat(tape.gradient(x)[0]).isNegative().isFinite();
        assertThat(tape.gradient(x)[3]).as("along x nothing is gained").isCloseTo(0, within(1e-6f));
    }

    @Test
    void stepsOfAMemoryShareTheirTensors() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        RecurrentState zero = new RecurrentState(builder.target("h", 3), builder.target("c", 3));
        ParameterTensor weight = builder.parameter("w", Initialiser.heNormal(), 12, 5);
        RecurrentState one = builder.lstmCell(weight, null, x, zero);
        RecurrentState two = builder.lstmCell(weight, null, x, one);
        assertThat(two.hidden().rows()).isEqualTo(3);
        assertThatThrownBy(() -> builder.lstmCell("m", x, new RecurrentState(zero.hidden(), x), Initialiser.zeros()))
                .hasMessageContaining("rows of cell is 2");
        builder.lstmCell("own", x, two, Initialiser.heNormal());
        Network network = builder.build(2);
        assertThat(network.parameterCount()).isEqualTo(60 + 60 + 12);
        ParameterTensor bias = network.tensor("own.bias");
        assertThat(Arrays.copyOfRange(network.parameters(), bias.offset(), bias.offset() + 12)).containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    }

    /** More columns than one block of a convolution. */
    @Test
    void wideBatchesOfConvolutionsKeepEveryBit() {
        int columns = 277;
        NetworkBuilder builder = new NetworkBuilder(2);
        Node x = builder.input("x", 2 * 3 * 5);
        Node y = builder.conv2d("c", x, 2, 3, 6, 3, Initialiser.heNormal());
        Network network = builder.build(4);
        float[] input = new float[x.rows() * columns];
        Setup.fill(new SplittableRandom(2), input);
        Tape tape = new Tape(network, columns, Differentiate.INPUTS, y);
        tape.bind(x, input, 0);
        tape.forward(1, columns);

        float[] apart = new float[y.rows() * columns];
        ForwardPass pass = new ForwardPass(network, 5, y);
        pass.transposeWeights();
        pass.run(1, input, 0, columns, columns, apart, 0, columns);
        assertThat(apart).isEqualTo(tape.values(y));
        pass.run(0, input, 0, columns, columns, apart, 0, columns);
        assertThat(apart).as("another member").isNotEqualTo(tape.values(y));
    }

    @Test
    void shapesOfConvolutionsAreChecked() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 12);
        assertThatThrownBy(() -> builder.conv2d("a", x, 2, 3, 4, 2, Initialiser.zeros())).hasMessageContaining("kernelHeight is 2");
        assertThatThrownBy(() -> builder.conv2d("b", x, 2, 4, 4, 3, Initialiser.zeros())).hasMessageContaining("is 12, but it must be a multiple of height * width, 8");
        ParameterTensor flat = builder.parameter("flat", Initialiser.zeros(), 4, 2);
        assertThatThrownBy(() -> builder.conv2d(flat, null, 2, 3, x)).hasMessageContaining("dimensions of flat is 2");
        ParameterTensor deep = builder.parameter("deep", Initialiser.zeros(), 4, 3, 3, 5);
        assertThatThrownBy(() -> builder.conv2d(deep, null, 2, 3, x)).hasMessageContaining("rows of the input is 12");
        assertThatThrownBy(() -> builder.gatherRows(x, 12)).hasMessageContaining("row is 12");
    }

    @Test
    void aGroupWithNanBecomesNanAndEqualEntriesGiveTheFirst() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 4);
        Node y = builder.straightThrough(2, x);
        float[] out = new float[4];
        new ForwardPass(builder.build(0), y).run(0, new float[] {Float.NaN, 1, -3, -3}, 0, 1, 1, out, 0, 1);

        assertThat(out).containsExactly(Float.NaN, Float.NaN, 1, 0);
        assertThatThrownBy(() -> new NetworkBuilder().apply(new StraightThrough(3), x)).hasMessageContaining("another network");
        assertThatThrownBy(() -> new StraightThrough(3).rows(4)).hasMessageContaining("multiple of groupSize 3");
    }
}
