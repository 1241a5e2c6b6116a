package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.Implementations.GUARD;
import static io.ponder.engine.tensor.Implementations.SIZES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductEquivalenceTest {
    /** Larger products are left out, so that the suite takes a second. */
    private static final long LARGEST = 10_000;

    /** Rounding of a chain of n terms of size 1 grows slower than n times this. */
    private static final double ROUNDING = 2e-7;

    private enum Form { PLAIN, BIAS, LEFT, LEFT_BIAS, RIGHT }

    @Test
    void productsEqualDoubleReferenceAtAwkwardSizes() {
        Random random = new Random(1);
        for (int rows : SIZES) {
            for (int columns : SIZES) {
                for (int inner : SIZES) {
                    if ((long) rows * columns * inner > LARGEST) continue;
                    for (Form form : Form.values()) {
                        for (Kernels kernels : Implementations.all()) {
                            check(kernels, form, rows, columns, inner, random);
                        }
                    }
                }
            }
        }
    }

    @Test
    void productsWithCutInnerIndexAndManyPanelsEqualReference() {
        Random random = new Random(2);
        for (Form form : Form.values()) {
            for (Kernels kernels : Implementations.all()) {
                check(kernels, form, 41, 150, 521, random);
                check(kernels, form, 400, 20, 40, random);
            }
        }
    }

    private static void check(Kernels kernels, Form form, int rows, int columns, int inner, Random random) {
        boolean left = form == Form.LEFT || form == Form.LEFT_BIAS;
        boolean right = form == Form.RIGHT;
        boolean hasBias = form == Form.BIAS || form == Form.LEFT_BIAS;
        boolean accumulate = !hasBias && random.nextBoolean();
        int aStride = (left ? rows : inner) + 2;
        int bStride = (right ? inner : columns) + 3;
        int cStride = columns + 1;
        float[] a = Implementations.random(random, 5 + (left ? inner : rows) * aStride);
        float[] b = Implementations.random(random, 7 + (right ? columns : inner) * bStride);
        float[] bias = Implementations.random(random, rows + 1);
        float[] c = Implementations.guarded(3 + rows * cStride + 40);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[3 + i * cStride + j] = i - j * 0.5f;
            }
        }
        float[] before = c.clone();

        switch (form) {
            case PLAIN -> kernels.multiply(rows, columns, inner, a, 5, aStride, b, 7, bStride, c, 3, cStride, accumulate);
            case BIAS -> kernels.multiplyBias(rows, columns, inner, a, 5, aStride, b, 7, bStride, bias, 1, c, 3, cStride);
            case LEFT -> kernels.multiplyLeftTransposed(rows, columns, inner, a, 5, aStride, b, 7, bStride, c, 3, cStride, accumulate);
            case LEFT_BIAS -> kernels.multiplyLeftTransposedBias(
                    rows, columns, inner, a, 5, aStride, b, 7, bStride, bias, 1, c, 3, cStride);
            case RIGHT -> kernels.multiplyRightTransposed(rows, columns, inner, a, 5, aStride, b, 7, bStride, c, 3, cStride, accumulate);
        }

        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = 3 + i * cStride + j;
                double sum = hasBias ? bias[1 + i] : accumulate ? before[at] : 0;
                double size = Math.abs(sum);
                for (int p = 0; p < inner; p++) {
                    double x = left ? a[5 + p * aStride + i] : a[5 + i * aStride + p];
                    double y = right ? b[7 + j * bStride + p] : b[7 + p * bStride + j];
                    sum += x * y;
                    size += Math.abs(x * y);
                }
                if (Math.abs(c[at] - sum) > size * ROUNDING * Math.sqrt(inner + 1)) {
                    assertThat((double) c[at]).as("%s %s %d x %d x %d at %d, %d", kernels.name(), form, rows, columns, inner, i, j)
                            .isCloseTo(sum, within(size * ROUNDING * Math.sqrt(inner + 1)));
                }
            }
            assertThat(c[3 + i * cStride + columns]).isEqualTo(GUARD);
        }
        for (int at = 3 + rows * cStride; at < c.length; at++) {
            assertThat(c[at]).isEqualTo(GUARD);
        }
        assertThat(c[2]).isEqualTo(GUARD);
    }

    @Test
    void batchOfOneEqualsColumnOfAThousandBitForBit() {
        Random random = new Random(3);
        for (int inner : new int[] {1, 5, 200, 300, 600}) {
            int rows = 37;
            int columns = 1000;
            float[] a = Implementations.random(random, rows * inner);
            float[] b = Implementations.random(random, inner * columns);
            float[] bias = Implementations.random(random, rows);
            for (Kernels kernels : Implementations.all()) {
                float[] all = new float[rows * columns];
                kernels.multiplyBias(rows, columns, inner, a, 0, inner, b, 0, columns, bias, 0, all, 0, columns);
                float[] transposed = new float[inner * rows];
                kernels.transpose(rows, inner, a, 0, inner, transposed, 0, rows);
                for (int count : new int[] {1, 2, 3, 5, 7, 8, 9, 16, 17, 31, 33, 170}) {
                    for (int first : new int[] {0, 3, 700}) {
                        float[] some = new float[rows * count];
                        kernels.multiplyBias(rows, count, inner, a, 0, inner, b, first, columns, bias, 0, some, 0, count);
                        float[] other = new float[rows * count];
                        kernels.multiplyLeftTransposedBias(
                                rows, count, inner, transposed, 0, rows, b, first, columns, bias, 0, other, 0, count);
                        for (int i = 0; i < rows; i++) {
                            for (int j = 0; j < count; j++) {
                                float expected = all[i * columns + first + j];
                                if (some[i * count + j] != expected || other[i * count + j] != expected) {
                                    assertThat(some[i * count + j]).as(kernels.name() + " " + count).isEqualTo(expected);
                                    assertThat(other[i * count + j]).as(kernels.name() + " " + count).isEqualTo(expected);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void notANumberAndInfinityReachTheirColumnOnly() {
        int rows = 9;
        int inner = 20;
        int columns = 50;
        float[] a = Implementations.random(new Random(4), rows * inner);
        float[] b = Implementations.random(new Random(5), inner * columns);
        b[3 * columns + 11] = Float.NaN;
        b[3 * columns + 49] = Float.POSITIVE_INFINITY;
        for (Kernels kernels : Implementations.all()) {
            float[] c = new float[rows * columns];

            kernels.multiply(rows, columns, inner, a, 0, inner, b, 0, columns, c, 0, columns, false);

            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    float value = c[i * columns + j];
                    if (j == 11) assertThat(value).isNaN();
                    else if (j == 49) assertThat(Float.isInfinite(value)).isTrue();
                    else assertThat(Float.isFinite(value)).isTrue();
                }
            }
        }
    }

    @Test
    void everyMemberOfAnEnsembleGetsItsOwnProduct() {
        Random random = new Random(6);
        int members = 3;
        float[] a = Implementations.random(random, members * 5 * 4);
        float[] b = Implementations.random(random, members * 4 * 6);
        float[] bias = Implementations.random(random, members * 5);
        for (Kernels kernels : Implementations.all()) {
            float[] together = new float[members * 30];
            float[] single = new float[30];

            kernels.multiplyBias(members, 5, 6, 4, a, 0, 20, 4, b, 0, 24, 6, bias, 0, 5, together, 0, 30, 6);

            for (int e = 0; e < members; e++) {
                kernels.multiplyBias(5, 6, 4, a, e * 20, 4, b, e * 24, 6, bias, e * 5, single, 0, 6);
                assertThat(java.util.Arrays.copyOfRange(together, e * 30, e * 30 + 30)).isEqualTo(single);
            }
        }
    }

    @Test
    void transposeMovesEveryEntry() {
        for (int rows : new int[] {0, 1, 3, 8, 17, 65}) {
            for (int columns : new int[] {0, 1, 4, 16, 130}) {
                float[] x = Implementations.random(new Random(7), rows * columns);
                float[] y = new float[rows * columns];

                Kernels.plain().transpose(rows, columns, x, 0, columns, y, 0, rows);

                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        assertThat(y[j * rows + i]).isEqualTo(x[i * columns + j]);
                    }
                }
            }
        }
    }
}
