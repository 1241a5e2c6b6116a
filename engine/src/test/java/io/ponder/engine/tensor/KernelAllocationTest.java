package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.testing.Allocation;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Vectors that the compiler fails to keep in registers become objects, and the loop five times slower: warm kernels allocate nothing. */
class KernelAllocationTest {
    private static final int COUNT = 2000 + 5;

    @TestFactory
    Stream<DynamicTest> warmFunctionsAllocateNothing() {
        Kernels kernels = Kernels.get();
        float[] x = new float[COUNT];
        float[] y = new float[COUNT];
        float[] z = new float[COUNT];
        for (int i = 0; i < COUNT; i++) x[i] = (i % 97) / 20f - 2.4f;
        Stream<DynamicTest> activations = Stream.of(Activation.values()).map(f -> DynamicTest.dynamicTest(f.name(), () ->
                requireNothing(() -> kernels.activate(f, COUNT, x, 0, y, 0))));
        Stream<DynamicTest> gradients = Stream.of(Activation.values()).map(f -> DynamicTest.dynamicTest(f.name() + " gradient", () ->
                requireNothing(() -> kernels.activationGradient(f, COUNT, x, 0, x, 0, z, 0))));
        Stream<DynamicTest> others = Stream.of(
                DynamicTest.dynamicTest("exp", () -> requireNothing(() -> kernels.exp(COUNT, x, 0, y, 0))),
                DynamicTest.dynamicTest("log", () -> requireNothing(() -> kernels.log(COUNT, x, 0, y, 0))),
                DynamicTest.dynamicTest("sin", () -> requireNothing(() -> kernels.sin(COUNT, x, 0, y, 0))),
                DynamicTest.dynamicTest("cos", () -> requireNothing(() -> kernels.cos(COUNT, x, 0, y, 0))));
        int[] keys = new int[COUNT];
        Stream<DynamicTest> blocks = Stream.of(
                DynamicTest.dynamicTest("products", () -> requireNothing(() -> {
                    kernels.multiplyBias(11, 37, 9, x, 0, 9, x, 0, 37, x, 0, y, 0, 37);
                    kernels.multiplyLeftTransposed(11, 5, 9, x, 0, 11, x, 0, 5, y, 0, 5, true);
                    kernels.multiplyRightTransposed(11, 9, 37, x, 0, 37, x, 0, 37, y, 0, 9, true);
                })),
                DynamicTest.dynamicTest("softmax", () -> requireNothing(() -> {
                    kernels.softmax(2, 3, 37, x, 0, 37, y, 0, 37);
                    kernels.logSoftmax(2, 3, 37, x, 0, 37, y, 0, 37);
                })),
                DynamicTest.dynamicTest("reductions", () -> requireNothing(() -> {
                    kernels.sumRows(3, 137, x, 0, 137, y, 0, true);
                    kernels.maxRows(3, 137, x, 0, 137, y, 0);
                    kernels.sumColumns(3, 137, x, 0, 137, y, 0, false);
                    kernels.affinePerRow(3, 137, x, 0, x, 0, x, 0, 137, y, 0, 137);
                })),
                DynamicTest.dynamicTest("normals", () -> requireNothing(() -> kernels.fillNormal(1, 2, 0, 0, 3, 337, y, 0, 337))),
                DynamicTest.dynamicTest("uniforms with keys of their own",
                        () -> requireNothing(() -> kernels.fillUniform(keys, keys, keys, 0, 0, 2, 337, y, 0, 337))));
        return Stream.of(activations, gradients, others, blocks).flatMap(tests -> tests);
    }

    private static void requireNothing(Runnable operation) {
        assertThat(Allocation.onceWarm(operation)).isZero();
    }
}
