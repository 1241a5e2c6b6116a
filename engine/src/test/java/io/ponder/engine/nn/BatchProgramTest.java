package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs say what the graph computes: a plain interpreter of their steps agrees with the pass on the CPU. */
class BatchProgramTest {
    private static final double TOLERANCE = 1e-5;

    private static Node dense(NetworkBuilder builder, String name, Node x, int out) {
        return builder.dense(name, x, out, Initialiser.heUniform());
    }

    /** Runs a program on one column, in double where it matters. */
    private static float[][] interpret(BatchProgram program, Network network, float[] inputs) {
        float[] parameters = new float[program.parameterCount()];
        program.writeParameters(network, parameters);
        float[] rows = new float[program.rows()];
        System.arraycopy(inputs, 0, rows, 0, program.inputRows());
        for (int level = 0; level < program.levels(); level++) {
            float[] before = rows.clone();
            for (BatchStep step : program.level(level)) {
                for (int i = 0; i < step.to().rows(); i++) rows[step.to().row() + i] = activate(step.activation(), entry(step, i, before, parameters));
            }
        }
        float[][] outputs = new float[program.outputBlocks().size()][];
        for (int o = 0; o < outputs.length; o++) {
            BatchStep.Block block = program.outputBlocks().get(o);
            outputs[o] = Arrays.copyOfRange(rows, block.row(), block.row() + block.rows());
        }
        return outputs;
    }

    private static double entry(BatchStep step, int i, float[] rows, float[] parameters) {
        int from = step.from().row();
        int count = step.from().rows();
        int at = step.parameters();
        double x = step.kind() == BatchStep.Kind.DENSE ? 0 : rows[from + i];
        return switch (step.kind()) {
            case DENSE -> {
                double sum = parameters[at + count * step.to().rows() + i];
                for (int j = 0; j < count; j++) sum += parameters[at + i * count + j] * (double) rows[from + j];
                yield sum;
            }
            case NORM -> {
                double mean = 0;
                double squares = 0;
                for (int j = 0; j < count; j++) mean += rows[from + j] / (double) count;
                for (int j = 0; j < count; j++) squares += Math.pow(rows[from + j] - mean, 2) / count;
                yield (x - mean) / Math.sqrt(squares + step.constant()) * parameters[at + i] + parameters[at + count + i];
            }
            case AFFINE -> step.constant() * x + step.shift();
            case ADD -> x + rows[step.with().row() + i];
            case STANDARDISE -> Math.max(-10, Math.min(10, (x - parameters[at + i]) * parameters[at + count + i]));
            case MIN_MAX -> {
                double least = x;
                double most = x;
                for (int j = 0; j < count; j++) {
                    least = Math.min(least, rows[from + j]);
                    most = Math.max(most, rows[from + j]);
                }
                yield (x - least) / (most - least + step.constant());
            }
            case SOFTMAX -> {
                int group = (int) step.constant();
                double sum = 0;
                for (int j = 0; j < group; j++) sum += Math.exp(rows[from + i / group * group + j] - x);
                yield 1 / sum;
            }
        };
    }

    private static float activate(Activation function, double x) {
        return (float) switch (function) {
            case IDENTITY -> x;
            case RELU -> Math.max(0, x);
            case TANH -> Math.tanh(x);
            default -> throw new IllegalArgumentException(function.name());
        };
    }

    private static void assertSame(Network network, int inputRows, Node[] inputs, Node... outputs) {
        for (int i = 0; i < network.parameterCount(); i++) network.parameters()[i] += 0.2f * (CounterRandom.uniform(1, 2, i, 0) - 0.5f);
        BatchProgram program = BatchProgram.of(network, outputs);
        assertThat(program.reasons()).isEmpty();
        float[] values = new float[inputRows];
        for (int i = 0; i < inputRows; i++) values[i] = 2 * CounterRandom.uniform(3, 4, i, 0) - 1;
        float[][] found = interpret(program, network, values);
        var pass = new ForwardPass(network, outputs);
        float[][] expected = new float[outputs.length][];
        int at = 0;
        for (Node input : inputs) {
            pass.read(input, values, at, 1);
            at += input.rows();
        }
        for (int o = 0; o < outputs.length; o++) {
            expected[o] = new float[outputs[o].rows()];
            pass.write(outputs[o], expected[o], 0, 1);
        }
        pass.run(0, 1);
        for (int o = 0; o < outputs.length; o++) assertThat(found[o]).containsExactly(expected[o], within((float) TOLERANCE));
    }

    @Test
    void allOperationsInTheList() {
        var builder = new NetworkBuilder();
        Node x = builder.input("x", 5);
        Node a = builder.input("a", 3);
        Node body = builder.activation(Activation.RELU, dense(builder, "body", builder.concat(x, a), 8));
        Node normed = builder.activation(Activation.TANH, builder.layerNorm("norm", builder.linear("linear", body, 8, Initialiser.heUniform()), 1e-5));
        Node next = builder.minMaxScale(1e-5, builder.add(x, dense(builder, "change", normed, 5), builder.slice(normed, 2, 5)));
        Node seen = builder.standardise("seen", builder.concat(builder.slice(next, 1, 2), builder.affine(40, 0.25, a), a));
        Node policy = builder.softmax(2, dense(builder, "policy", builder.concat(builder.concat(next, seen), body, body), 4));
        Network network = builder.build(3);
        assertSame(network, 8, new Node[] {x, a}, next, policy, seen);
    }

    @Test
    void outputsThatShareRowsOrAreInputsGetTheirOwn() {
        var builder = new NetworkBuilder();
        Node x = builder.input("x", 4);
        Node y = dense(builder, "y", x, 4);
        Node part = builder.slice(y, 1, 2);
        Node active = builder.activation(Activation.RELU, y);
        Node same = builder.stopGradient(x);
        Network network = builder.build(1);
        assertSame(network, 4, new Node[] {x}, y, part, active, same);
    }

    @Test
    void stacksAndActivationsCostNoLevel() {
        var builder = new NetworkBuilder();
        Node x = builder.input("x", 4);
        Node a = builder.input("a", 2);
        Node first = builder.activation(Activation.RELU, dense(builder, "first", builder.concat(x, a), 6));
        Node second = builder.activation(Activation.RELU, dense(builder, "second", first, 3));
        Node third = builder.activation(Activation.RELU, dense(builder, "third", first, 3));
        Node out = dense(builder, "out", builder.concat(second, third), 2);
        Network network = builder.build(1);
        BatchProgram program = BatchProgram.of(network, out);

        assertThat(program.levels()).isEqualTo(3);
        assertThat(program.level(1)).hasSize(2);
        assertSame(network, 6, new Node[] {x, a}, out);
    }

    @Test
    void noRowIsWrittenTwiceNorReadBeforeItIsWritten() {
        var builder = new NetworkBuilder();
        Node x = builder.input("x", 4);
        Node y = builder.activation(Activation.RELU, dense(builder, "y", x, 4));
        Node z = builder.concat(y, builder.add(x, y), x, y);
        Network network = builder.build(1);
        BatchProgram program = BatchProgram.of(network, z, y);
        Set<Integer> written = new HashSet<>();
        for (int row = 0; row < program.inputRows(); row++) written.add(row);
        for (int level = 0; level < program.levels(); level++) {
            Set<Integer> now = new HashSet<>();
            for (BatchStep step : program.level(level)) {
                for (BatchStep.Block block : new BatchStep.Block[] {step.from(), step.with()}) {
                    for (int i = 0; i < block.rows(); i++) assertThat(written).contains(block.row() + i);
                }
                for (int i = 0; i < step.to().rows(); i++) assertThat(now.add(step.to().row() + i)).isTrue();
            }
            assertThat(written).doesNotContainAnyElementsOf(now);
            written.addAll(now);
        }
        assertThat(written).hasSize(program.rows());
        assertSame(network, 4, new Node[] {x}, z, y);
    }

    @Test
    void whatCannotBeStatedIsNamedOnce() {
        var members = new NetworkBuilder(2);
        Node two = members.activation(Activation.RELU, dense(members, "y", members.input("x", 2), 2));
        assertThat(BatchProgram.of(members.build(1), two).reasons()).containsExactly("The network has 2 members, one is in the list.");

        var builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        Node out = builder.times(builder.times(x, x), builder.logSoftmax(2, x));
        assertThat(BatchProgram.of(builder.build(1), out).reasons())
                .containsExactly("The operation log-softmax is not in the list.", "The operation times is not in the list.");
    }
}
