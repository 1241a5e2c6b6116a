package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.tensor.Activation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static float[] ramp(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (i * 37 % 101) / 50f - 1;
        return values;
    }

    private static float largest(float[] values, float factor) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) largest = Math.max(largest, factor * value);
        return largest;
    }

    @Test
    void outputOfAColumnDoesNotDependOnTheOtherColumns() {
        NetworkBuilder builder = new NetworkBuilder(2);
        Node x = builder.input("x", 5);
        Node h = builder.activation(Activation.SILU, builder.dense("a", x, 33, Initialiser.heNormal()));
        Node y = builder.layerNorm("n", builder.dense("b", builder.activation(Activation.TANH, h), 7, Initialiser.heNormal()), 1e-5);
        Network network = builder.build(3);
        int columns = 1000;
        float[] input = ramp(5 * columns);
        float[] together = new float[7 * columns];
        new ForwardPass(network, y).run(1, input, 0, columns, columns, together, 0, columns);

        for (int block : new int[] {1, 7, 64, 2000}) {
            float[] apart = new float[7 * columns];
            ForwardPass pass = new ForwardPass(network, block, y);
            for (int first = 0; first < columns; first += 333) {
                int count = Math.min(333, columns - first);
                pass.run(1, input, first, columns, count, apart, first, columns);
            }
            assertThat(apart).as("block " + block).isEqualTo(together);
        }
        Tape tape = new Tape(network, columns, Differentiate.PARAMETERS, y);
        tape.bind(x, input, 0);
        tape.forward(1, columns);
        assertThat(Arrays.copyOf(tape.values(y), 7 * columns)).isEqualTo(together);
    }

    @Test
    void forwardPassKeepsOutputsThatOthersReadInPlace() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 3);
        Node raw = builder.dense("a", x, 4, Initialiser.heNormal());
        Node active = builder.activation(Activation.RELU, raw);
        Node again = builder.activation(Activation.TANH, active);
        Node sum = builder.add(again, builder.affine(2, 1, again));
        Network network = builder.build(5);
        float[] input = ramp(3 * 10);
        ForwardPass pass = new ForwardPass(network, 4, raw, again, sum, x);
        float[][] out = {new float[40], new float[40], new float[40], new float[30]};
        pass.read(x, input, 0, 10);
        pass.write(raw, out[0], 0, 10);
        pass.write(again, out[1], 0, 10);
        pass.write(sum, out[2], 0, 10);
        pass.write(x, out[3], 0, 10);

        pass.run(0, 10);

        for (int i = 0; i < 40; i++) {
            double expected = Math.tanh(Math.max(0, out[0][i]));
            assertThat((double) out[1][i]).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-6));
            assertThat((double) out[2][i]).isCloseTo(3 * expected + 1, org.assertj.core.api.Assertions.within(1e-5));
        }
        assertThat(largest(out[0], -1)).as("some are negative").isPositive();
        assertThat(out[3]).isEqualTo(input);
    }

    @Test
    void gradientsAccumulateOnRequestAndAreOverwrittenOtherwise() {
        NetworkBuilder builder = new NetworkBuilder(2);
        Node x = builder.input("x", 3);
        Node y = builder.dense("used", x, 2, Initialiser.heNormal());
        builder.dense("unused", x, 2, Initialiser.heNormal());
        Network network = builder.build(5);
        Tape tape = new Tape(network, 6, Differentiate.PARAMETERS, y);
        ParameterGradient gradient = new ParameterGradient(network);
        Arrays.fill(gradient.values(), 9);
        tape.bind(x, ramp(18), 0);
        tape.forward(1, 6);
        Arrays.fill(tape.seed(y), 1f);

        tape.backward(gradient, false);
        float[] once = gradient.values().clone();
        tape.backward(gradient, true);

        ParameterTensor used = network.tensor("used.weight");
        ParameterTensor unused = network.tensor("unused.weight");
        for (int i = 0; i < 6; i++) {
            assertThat(once[used.offset(0) + i]).as("another member").isEqualTo(9);
            assertThat(once[used.offset(1) + i]).isNotZero().isNotEqualTo(9);
            assertThat(gradient.values()[used.offset(1) + i]).isCloseTo(2 * once[used.offset(1) + i], org.assertj.core.api.Assertions.within(1e-5f));
            assertThat(once[unused.offset(1) + i]).as("not on the way").isZero();
        }
    }

    @Test
    void layersThatShareTensorsAddTheirGradients() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        ParameterTensor weight = builder.parameter("w", Initialiser.constant(0.5f), 2, 2);
        Node y = builder.dense(weight, null, builder.dense(weight, null, x));
        Network network = builder.build(0);
        Tape tape = new Tape(network, 1, Differentiate.PARAMETERS, y);
        ParameterGradient gradient = new ParameterGradient(network);
        tape.bind(x, new float[] {1, 2}, 0);
        tape.forward(0, 1);
        Arrays.fill(tape.seed(y), 1f);

        tape.backward(gradient, false);

        // y = W W x with W = 1/2 everywhere: the outer layer sees Wx = 1.5, the inner W'1 = 1.
        assertThat(Arrays.copyOf(gradient.values(), 4)).containsExactly(1.5f + 1, 1.5f + 2, 1.5f + 1, 1.5f + 2);
    }

    @Test
    void mistakesAreNamed() {
        NetworkBuilder builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        Node y = builder.dense("d", x, 3, Initialiser.zeros());
        assertThatThrownBy(() -> builder.dense("d", y, 3, Initialiser.zeros())).hasMessageContaining("d.weight exists already");
        assertThatThrownBy(() -> builder.softmax(2, y)).hasMessageContaining("rows is 3");
        assertThatThrownBy(() -> builder.add(x, y)).hasMessageContaining("rows of part 1 is 3");
        assertThatThrownBy(() -> builder.slice(y, 2, 2)).hasMessageContaining("from + rows is 4");
        assertThatThrownBy(() -> new NetworkBuilder().apply(new Add(), x)).hasMessageContaining("another network");
        Network network = builder.build(0);
        assertThatThrownBy(() -> builder.input("late", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> network.tensor("nothing")).hasMessageContaining("Maybe it is one of [d.weight");
        Tape tape = new Tape(network, 4, Differentiate.PARAMETERS, y);
        assertThatThrownBy(() -> tape.forward(0, 5)).hasMessageContaining("columns is 5");
        assertThatThrownBy(() -> tape.forward(1, 4)).hasMessageContaining("member is 1");
        assertThatThrownBy(() -> tape.seed(x)).hasMessageContaining("No derivative starts at");
        assertThatThrownBy(() -> tape.backward(null, false)).isInstanceOf(IllegalStateException.class);
        tape.bind(x, new float[3], 0);
        assertThatThrownBy(() -> tape.forward(0, 4)).hasMessageContaining("x has 3 entries");
    }
}
