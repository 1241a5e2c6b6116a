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
        return Stream.of(activations, gradients, others).flatMap(tests -> tests);
    }

    private static void requireNothing(Runnable operation) {
        assertThat(Allocation.onceWarm(operation)).isZero();
    }
}
