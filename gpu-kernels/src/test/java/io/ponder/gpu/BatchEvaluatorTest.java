package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same batches on the CPU and on the device: every operation that is in the list, over awkward sizes. */
@NeedsOpenCl
class BatchEvaluatorTest {
    private static final double TOLERANCE = 1e-5;
    private static final int[] BATCHES = {1, 3, 63, 64, 65, 997};

    /** A network of two inputs with a step and two heads, and what it says. */
    private record Judge(Network network, Node latent, Node action, Node[] outputs) {
        float[][] say(BatchEvaluator evaluator, int columns) {
            float[] states = random(latent.rows() * columns, 1);
            float[] actions = random(action.rows() * columns, 2);
            float[][] said = new float[outputs.length][];
            evaluator.read(latent, states, columns);
            evaluator.read(action, actions, columns);
            for (int i = 0; i < outputs.length; i++) {
                said[i] = new float[outputs[i].rows() * columns];
                Arrays.fill(said[i], Float.NaN);
                evaluator.write(outputs[i], said[i], columns);
            }
            evaluator.run(columns);
            return said;
        }

        BatchEvaluator open(Backend backend) {
            return backend.open(network, outputs);
        }
    }

    private static float[] random(int count, int key) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = 2 * CounterRandom.uniform(key, 9, i, 0) - 1;
        return numbers;
    }

    private static Judge judge(int width, Activation activation) {
        var builder = new NetworkBuilder();
        Node latent = builder.input("latent", width);
        Node action = builder.input("action", 2);
        Node body = dense(builder, "body", builder.concat(latent, action), width, activation);
        Node normed = builder.activation(activation,
                builder.layerNorm("norm", builder.linear("linear", body, width, Initialiser.heUniform()), 1e-5));
        Node change = builder.dense("change", normed, width, Initialiser.xavierUniform(1));
        Node next = builder.minMaxScale(1e-5, builder.add(latent, change));
        Node reward = builder.dense("reward", normed, 5, Initialiser.heUniform());
        Node seen = builder.standardise("seen", builder.concat(builder.slice(next, 0, 1), builder.affine(0.5, 0.25, action)));
        Node policy = builder.softmax(2, builder.dense("policy", builder.concat(next, seen), 4, Initialiser.heUniform()));
        Node value = builder.activation(activation, builder.add(reward, builder.dense("value", next, 5, Initialiser.heUniform())));
        // An input as an output, and two outputs of the same rows.
        Node[] outputs = {next, reward, policy, value, builder.stopGradient(latent), builder.slice(next, 0, width)};
        Network network = builder.build(3);
        float[] parameters = network.parameters();
        for (int i = 0; i < parameters.length; i++) parameters[i] += 0.1f * (CounterRandom.uniform(7, 8, i, 0) - 0.5f);
        return new Judge(network, latent, action, outputs);
    }

    private static Node dense(NetworkBuilder builder, String name, Node x, int width, Activation activation) {
        return builder.activation(activation, builder.dense(name, x, width, Initialiser.heUniform()));
    }

    private static void assertSame(Judge judge, BatchEvaluator cpu, BatchEvaluator device, int columns) {
        float[][] expected = judge.say(cpu, columns);
        float[][] found = judge.say(device, columns);
        for (int i = 0; i < expected.length; i++) Twins.assertClose(expected[i], found[i], expected[i].length, TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 200})
    void widthsAndBatches(int width) {
        Judge judge = judge(width, Activation.RELU);
        try (BatchEvaluator cpu = judge.open(Backend.CPU); BatchEvaluator device = judge.open(Backend.OPENCL)) {
            for (int columns : BATCHES) assertSame(judge, cpu, device, columns);
            assertSame(judge, cpu, device, 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activations(Activation activation) {
        Judge judge = judge(9, activation);
        try (BatchEvaluator cpu = judge.open(Backend.CPU); BatchEvaluator device = judge.open(Backend.OPENCL)) {
            assertSame(judge, cpu, device, 65);
        }
    }

    @Test
    void aColumnAloneIsAColumnOfABatchToTheBit() {
        Judge judge = judge(7, Activation.SILU);
        try (BatchEvaluator device = judge.open(Backend.OPENCL)) {
            float[][] together = judge.say(device, 130);
            for (int columns : new int[] {1, 64}) {
                float[][] few = new float[1][7 * columns];
                float[] states = columns(random(7 * 130, 1), 7, 130, columns);
                device.read(judge.latent(), states, columns);
                device.read(judge.action(), columns(random(2 * 130, 2), 2, 130, columns), columns);
                for (Node output : judge.outputs()) device.write(output, new float[output.rows() * columns], columns);
                device.write(judge.outputs()[0], few[0], columns);
                device.run(columns);
                assertThat(few[0]).isEqualTo(columns(together[0], 7, 130, columns));
            }
        }
    }

    private static float[] columns(float[] block, int rows, int all, int wanted) {
        float[] some = new float[rows * wanted];
        for (int d = 0; d < rows; d++) System.arraycopy(block, d * all, some, d * wanted, wanted);
        return some;
    }

    @Test
    void parametersAreSentWhenTheyChangedAndOnlyThen() {
        Judge judge = judge(7, Activation.TANH);
        try (BatchEvaluator cpu = judge.open(Backend.CPU); BatchEvaluator device = judge.open(Backend.OPENCL)) {
            judge.say(device, 5);
            long first = device.bytesMoved();
            judge.say(device, 5);
            long second = device.bytesMoved() - first;
            assertThat(second).isLessThan(first - 4L * judge.network().parameterCount());
            for (int i = 0; i < judge.network().parameterCount(); i++) judge.network().parameters()[i] *= 1.5f;
            device.parametersChanged();
            cpu.parametersChanged();
            assertSame(judge, cpu, device, 5);
            assertThat(device.bytesMoved() - first - second).isEqualTo(first);
        }
    }

    @Test
    void whatIsNotInTheListIsRefusedWithItsName() {
        var builder = new NetworkBuilder();
        Node out = builder.logSoftmax(2, builder.rmsNorm("norm", builder.input("x", 4), 1e-5));
        Network network = builder.build(1);

        assertThat(Backend.reasonsAgainstOpenCl(network, out)).containsExactly(
                "The operation log-softmax is not in the list.", "The operation rms-norm is not in the list.");
        assertThatThrownBy(() -> Backend.OPENCL.open(network, out)).isInstanceOf(IllegalStateException.class).hasMessageContaining("Maybe");
        try (BatchEvaluator automatic = Backend.AUTO.open(network, out)) {
            assertThat(automatic.executedOn()).startsWith("cpu");
        }
    }

    @Test
    void autoTakesTheFasterAndSaysWhy() {
        Judge judge = judge(7, Activation.RELU);
        try (BatchEvaluator cpu = judge.open(Backend.CPU); BatchEvaluator automatic = judge.open(Backend.AUTO)) {
            assertSame(judge, cpu, automatic, 5);
            assertThat(automatic.executedOn()).contains("auto: cpu ").contains("device ");
        }
    }

    @Test
    void useAfterCloseIsRefusedAndClosingTwiceIsQuiet() {
        Judge judge = judge(1, Activation.RELU);
        for (boolean used : new boolean[] {false, true}) {
            BatchEvaluator device = judge.open(Backend.OPENCL);
            if (used) judge.say(device, 1);
            device.close();
            device.close();
            assertThatThrownBy(() -> judge.say(device, 1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
    }

    @Test
    void twoThreadsAtOnceGetTheAnswerOrAnError() throws Exception {
        Judge judge = judge(64, Activation.RELU);
        float[][] alone;
        try (BatchEvaluator device = judge.open(Backend.OPENCL)) {
            alone = judge.say(device, 997);
        }
        // Both write the same arrays from the same sources, so whichever run gets through, it is the right answer.
        BatchEvaluator shared = judge.open(Backend.OPENCL);
        float[][] said = judge.say(shared, 997);
        var start = new CountDownLatch(2);
        var pool = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> work = () -> {
                start.countDown();
                start.await();
                return refusals(shared);
            };
            List<Future<Integer>> runs = pool.invokeAll(List.of(work, work));
            int refused = runs.get(0).get() + runs.get(1).get();
            assertThat(refused).isBetween(1, 39);
        } finally {
            pool.shutdown();
        }
        assertThat(said).isDeepEqualTo(alone);
        shared.close();
    }

    private static int refusals(BatchEvaluator shared) {
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            try {
                shared.run(997);
            } catch (IllegalStateException busy) {
                assertThat(busy).hasMessageContaining("another thread");
                refused++;
            }
        }
        return refused;
    }
}
