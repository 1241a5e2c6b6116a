package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StandardiseTest {
    @Test
    void shiftsScalesAndClampsAndPassesNoDerivativeToItsParameters() {
        var builder = new NetworkBuilder();
        Node x = builder.input("x", 2);
        Node y = builder.standardise("s", x);
        Network network = builder.build(1);
        System.arraycopy(new float[] {1, -2, 4, 0.5f}, 0, network.parameters(), 0, 4);
        var tape = new Tape(network, 3, Differentiate.PARAMETERS_AND_INPUTS, y);
        System.arraycopy(new float[] {1, 2, 9, -2, 0, -40}, 0, tape.values(x), 0, 6);
        tape.forward(0, 3);
        assertThat(tape.values(y)).startsWith(0, 4, 10, 0, 1, -10);
        System.arraycopy(new float[] {1, 1, 1, 1, 1, 1}, 0, tape.seed(y), 0, 6);
        var gradient = new ParameterGradient(network);
        tape.backward(gradient, false);
        assertThat(tape.gradient(x)).startsWith(4, 4, 0, 0.5f, 0.5f, 0);
        assertThat(gradient.values()).startsWith(0, 0, 0, 0);
    }

    @Test
    void namesThatAreReusedAreOneSetOfParameters() {
        var builder = new NetworkBuilder().reuseNames();
        Node x = builder.input("x", 3);
        Node once = builder.dense("d", x, 3, Initialiser.heUniform());
        builder.dense("d", once, 3, Initialiser.heUniform());
        assertThatThrownBy(() -> builder.dense("d", x, 4, Initialiser.heUniform())).hasMessageContaining("d.weight[3, 3]")
                .hasMessageContaining("one shape");
        assertThat(builder.build(1).parameterCount()).isEqualTo(12);
        var strict = new NetworkBuilder();
        Node z = strict.input("x", 3);
        strict.dense("d", z, 3, Initialiser.heUniform());
        assertThatThrownBy(() -> strict.dense("d", z, 3, Initialiser.heUniform())).hasMessageContaining("exists already");
    }
}
