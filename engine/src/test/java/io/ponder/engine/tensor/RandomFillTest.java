package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.Implementations.GUARD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomFillTest {
    /** Stated difference of normals between implementations. */
    private static final float NORMAL_ERROR = 2e-6f;

    @Test
    void fillsEqualTheNumberOfEachSampleAndDraw() {
        for (Kernels kernels : Implementations.all()) {
            for (int columns : Implementations.SIZES) {
                for (int draws = 0; draws <= 5; draws++) {
                    for (int firstDraw = 6; firstDraw <= 7; firstDraw++) {
                        int stride = columns + 2;
                        float[] uniforms = Implementations.guarded(1 + draws * stride);
                        float[] normals = Implementations.guarded(1 + draws * stride);

                        kernels.fillUniform(3, 4, -2, firstDraw, draws, columns, uniforms, 1, stride);
                        kernels.fillNormal(3, 4, -2, firstDraw, draws, columns, normals, 1, stride);

                        for (int d = 0; d < draws; d++) {
                            for (int j = 0; j < stride; j++) {
                                int at = 1 + d * stride + j;
                                float uniform = j < columns ? CounterRandom.uniform(3, 4, j - 2, firstDraw + d) : GUARD;
                                float normal = j < columns ? CounterRandom.normal(3, 4, j - 2, firstDraw + d) : GUARD;
                                boolean same = uniforms[at] == uniform && Math.abs(normals[at] - normal) <= NORMAL_ERROR;
                                if (!same) {
                                    assertThat(same).as("%s, %d columns, draw %d, column %d: %s for %s, %s for %s", kernels.name(),
                                            columns, firstDraw + d, j, uniforms[at], uniform, normals[at], normal).isTrue();
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void keysOfTheirOwnForEveryColumnGiveTheSameNumbers() {
        Random random = new Random(1);
        for (Kernels kernels : Implementations.all()) {
            for (int columns : Implementations.SIZES) {
                int[] key0 = random.ints(columns + 3).toArray();
                int[] key1 = random.ints(columns + 3).toArray();
                int[] sample = random.ints(columns + 3).toArray();
                float[] uniforms = new float[3 * columns];
                float[] normals = new float[3 * columns];

                kernels.fillUniform(key0, key1, sample, 3, 2, 3, columns, uniforms, 0, columns);
                kernels.fillNormal(key0, key1, sample, 3, 2, 3, columns, normals, 0, columns);

                float[] one = new float[3];
                for (int j = 0; j < columns; j++) {
                    kernels.fillNormal(key0[3 + j], key1[3 + j], sample[3 + j], 2, 3, 1, one, 0, 1);
                    for (int d = 0; d < 3; d++) {
                        float uniform = CounterRandom.uniform(key0[3 + j], key1[3 + j], sample[3 + j], 2 + d);
                        if (uniforms[d * columns + j] != uniform || normals[d * columns + j] != one[d]) {
                            assertThat(uniforms[d * columns + j]).isEqualTo(uniform);
                            assertThat(normals[d * columns + j]).isEqualTo(one[d]);
                        }
                    }
                }
            }
        }
    }

    @Test
    void normalsDoNotDependOnTheBlockTheyAreFilledIn() {
        for (Kernels kernels : Implementations.all()) {
            float[] whole = new float[4 * 300];
            kernels.fillNormal(5, 6, 0, 0, 4, 300, whole, 0, 300);
            for (int width : new int[] {1, 5, 16, 37}) {
                for (int d = 0; d < 4; d++) {
                    float[] row = new float[300];
                    for (int first = 0; first < 300; first += width) {
                        kernels.fillNormal(5, 6, first, d, 1, Math.min(width, 300 - first), row, first, 300);
                    }
                    for (int j = 0; j < 300; j++) {
                        if (row[j] != whole[d * 300 + j]) assertThat(row[j]).isEqualTo(whole[d * 300 + j]);
                    }
                }
            }
        }
    }

    @Test
    void filledNormalsFollowTheNormalDistribution() {
        int n = 1_000_000;
        for (Kernels kernels : Implementations.all()) {
            float[] z = new float[2 * n];
            kernels.fillNormal(7, 8, 0, 0, 2, n, z, 0, n);

            assertThat(Statistics.kolmogorovSmirnov(java.util.Arrays.copyOf(z, 200_000), Statistics::normalCdf))
                    .isLessThan(Statistics.KOLMOGOROV_LIMIT / Math.sqrt(200_000));
            assertThat(Statistics.kolmogorovSmirnov(java.util.Arrays.copyOfRange(z, n, n + 200_000), Statistics::normalCdf))
                    .isLessThan(Statistics.KOLMOGOROV_LIMIT / Math.sqrt(200_000));
            double fourth = 0;
            double product = 0;
            int tail = 0;
            float largest = 0;
            for (int i = 0; i < n; i++) {
                for (int d = 0; d < 2; d++) {
                    double v = z[d * n + i];
                    fourth += v * v * v * v / (2 * n);
                    if (Math.abs(v) > 4) tail++;
                    largest = (float) Math.max(largest, Math.abs(v));
                }
                product += (double) z[i] * z[n + i] / n;
            }
            // Fourth power: mean 3, variance 96. Beyond 4 sigma: 6.334e-5. Both to 4 standard errors.
            assertThat(fourth).isBetween(3 - 4 * Math.sqrt(96.0 / (2 * n)), 3 + 4 * Math.sqrt(96.0 / (2 * n)));
            double expected = 2 * n * 6.334e-5;
            assertThat((double) tail).isBetween(expected - 4 * Math.sqrt(expected), expected + 4 * Math.sqrt(expected));
            assertThat(largest).isBetween(4.5f, 5.78f);
            assertThat(Math.abs(product)).as("cosine half times sine half").isLessThan(4 / Math.sqrt(n));
        }
    }
}
