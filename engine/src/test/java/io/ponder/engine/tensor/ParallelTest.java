package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ParallelTest {
    private static final ForkJoinPool POOL = new ForkJoinPool(3);

    @AfterAll
    static void closePool() {
        POOL.shutdown();
    }

    @Test
    void rangesCoverEveryNumberOnceInWholeGrains() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            for (int size : new int[] {0, 1, 31, 32, 33, 100, 257}) {
                AtomicIntegerArray seen = new AtomicIntegerArray(size);

                Parallel.of(POOL, threads).forEachRange(size, 32, (from, to) -> {
                    assertThat(from % 32).isZero();
                    for (int i = from; i < to; i++) {
                        seen.incrementAndGet(i);
                    }
                });

                for (int i = 0; i < size; i++) {
                    assertThat(seen.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void exceptionOfAPartReachesTheCaller() {
        for (int bad : new int[] {0, 99}) {
            assertThatThrownBy(() -> Parallel.of(POOL, 4).forEachRange(100, 1, (from, to) -> {
                if (from <= bad && bad < to) throw new IllegalStateException("part");
            })).isInstanceOf(IllegalStateException.class).hasMessage("part");
        }
    }

    @Test
    void productsAreBitEqualForAnyNumberOfThreads() {
        Random random = new Random(1);
        int[][] shapes = {{200, 301, 50}, {301, 130, 60}, {100, 100, 1000}};
        for (Kernels kernels : Implementations.all()) {
            for (int[] shape : shapes) {
                int rows = shape[0];
                int columns = shape[1];
                int inner = shape[2];
                float[] a = Implementations.random(random, rows * inner);
                float[] b = Implementations.random(random, inner * columns);
                float[] bias = Implementations.random(random, rows);
                float[][] expected = products(kernels, rows, columns, inner, a, b, bias);
                for (int threads : new int[] {1, 2, 3, 8}) {
                    Kernels shared = kernels.with(Parallel.of(POOL, threads));

                    float[][] actual = products(shared, rows, columns, inner, a, b, bias);

                    assertThat(Arrays.deepEquals(actual, expected)).as(kernels.name() + " on " + threads).isTrue();
                }
            }
        }
    }

    private static float[][] products(Kernels kernels, int rows, int columns, int inner, float[] a, float[] b, float[] bias) {
        float[][] c = new float[3][rows * columns];
        kernels.multiplyBias(rows, columns, inner, a, 0, inner, b, 0, columns, bias, 0, c[0], 0, columns);
        kernels.multiplyLeftTransposed(rows, columns, inner, a, 0, rows, b, 0, columns, c[1], 0, columns, true);
        kernels.multiplyRightTransposed(rows, columns, inner, a, 0, inner, b, 0, inner, c[2], 0, columns, true);
        return c;
    }
}
