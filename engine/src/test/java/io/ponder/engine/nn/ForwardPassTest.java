package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.Kernels;
import io.ponder.testing.Allocation;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForwardPassTest {
    private static final int INPUTS = 6;
    private static final int OUTPUTS = 5;
    private static final int LARGEST = 11;

    private final float[] input = new float[INPUTS * LARGEST];
    private final Network network;
    private final Node y;

    ForwardPassTest() {
        Random random = new Random(8);
        for (int i = 0; i < input.length; i++) input[i] = (float) random.nextGaussian();
        NetworkBuilder builder = new NetworkBuilder(2);
        Node x = builder.input("x", INPUTS);
        Node hidden = builder.activation(Activation.RELU, builder.dense("a", x, 75, Initialiser.heNormal()));
        y = builder.dense("b", hidden, OUTPUTS, Initialiser.heNormal());
        network = builder.build(3);
    }

    private float[] run(ForwardPass pass, int member, int columns) {
        float[] out = new float[OUTPUTS * columns];
        pass.run(member, input, 0, LARGEST, columns, out, 0, columns);
        return out;
    }

    @Test
    void transposedWeightsLeaveEveryBit() {
        for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.get()}) {
            ForwardPass plain = new ForwardPass(network, 16, kernels, y);
            ForwardPass transposed = new ForwardPass(network, 16, kernels, y);
            transposed.transposeWeights();
            for (int member = 0; member < 2; member++) {
                for (int columns = 1; columns <= LARGEST; columns++) {
                    assertThat(run(transposed, member, columns)).as(kernels.name() + " " + columns).isEqualTo(run(plain, member, columns));
                }
            }
        }
    }

    @Test
    void transposedWeightsAreThoseOfTheLastCall() {
        ForwardPass plain = new ForwardPass(network, y);
        ForwardPass transposed = new ForwardPass(network, y);
        transposed.transposeWeights();
        float[] before = run(transposed, 1, 1);
        for (ParameterTensor tensor : network.tensors()) {
            if (tensor.memberShape().length == 2) network.parameters()[tensor.offset(1)] += 1;
        }

        assertThat(run(transposed, 1, 1)).isEqualTo(before);
        transposed.transposeWeights();
        assertThat(run(transposed, 1, 1)).isEqualTo(run(plain, 1, 1)).isNotEqualTo(before);
    }

    @Test
    void transposingAgainAllocatesNothing() {
        ForwardPass pass = new ForwardPass(network, y);
        float[] out = new float[OUTPUTS];
        long allocated = Allocation.onceWarm(() -> {
            pass.transposeWeights();
            pass.run(0, input, 0, LARGEST, 1, out, 0, 1);
        });
        assertThat(allocated).isZero();
    }
}
