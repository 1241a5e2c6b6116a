package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
    /** Known answers of Random123, Threefry2x32-20: counter, key, output. */
    private static final long[][] KNOWN = {
        {0, 0, 0, 0, 0x6b200159L, 0x99ba4efeL},
        {0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0x1cb996fcL, 0xbb002be7L},
        {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L, 0xc4923a9cL, 0x483df7a0L},
    };

    @Test
    void blockEqualsKnownAnswers() {
        for (long[] k : KNOWN) {
            long block = CounterRandom.block((int) k[2], (int) k[3], (int) k[0], (int) k[1]);

            assertThat(block & 0xffffffffL).isEqualTo(k[4]);
            assertThat(block >>> 32).isEqualTo(k[5]);
        }
    }

    @Test
    void uniformNeverReachesZeroOrOne() {
        assertThat(CounterRandom.uniform(0)).isEqualTo(0x1p-24f);
        assertThat(CounterRandom.uniform(-1)).isEqualTo(1 - 0x1p-24f).isLessThan(1);
    }

    @Test
    void drawsOfOneBlockAreItsTwoWords() {
        long block = CounterRandom.block(7, 8, 123, 5);

        assertThat(CounterRandom.word(7, 8, 123, 10)).isEqualTo((int) block);
        assertThat(CounterRandom.word(7, 8, 123, 11)).isEqualTo((int) (block >>> 32));
    }

    @Test
    void wordsAreUniformOverEveryCounterAndKeyWord() {
        int n = 1 << 16;
        for (int varied = 0; varied < 4; varied++) {
            int[][] counts = new int[4][256];
            for (int i = 0; i < n; i++) {
                long block = CounterRandom.block(
                        varied == 0 ? i : 11, varied == 1 ? i : 22, varied == 2 ? i : 33, varied == 3 ? i : 44);
                for (int b = 0; b < 4; b++) {
                    counts[b][(int) (block >>> new int[] {0, 24, 32, 56}[b]) & 255]++;
                }
            }
            for (int b = 0; b < 4; b++) {
                double statistic = Statistics.chiSquared(counts[b]);
                assertThat(statistic).as("argument %d varied, byte %d", varied, b).isLessThan(Statistics.chiSquaredLimit(255));
                // Too even would be as wrong as too uneven: 255 degrees of freedom stay above 190 with probability 0.999.
                assertThat(statistic).isGreaterThan(190);
            }
        }
    }

    @Test
    void neighboursAreNotCorrelated() {
        int n = 100_000;
        float[] base = new float[n];
        float[] nextSample = new float[n];
        float[] nextDraw = new float[n];
        float[] nextStep = new float[n];
        float[] nextStream = new float[n];
        float[] nextSeed = new float[n];
        long key = CounterRandom.key(1, 1);
        long stream = CounterRandom.key(1, 2);
        long seed = CounterRandom.key(2, 1);
        for (int i = 0; i < n; i++) {
            base[i] = uniform(key, i, 6);
            nextSample[i] = uniform(key, i + 1, 6);
            nextDraw[i] = uniform(key, i, 7);
            nextStep[i] = uniform(key, i, 8);
            nextStream[i] = uniform(stream, i, 6);
            nextSeed[i] = uniform(seed, i, 6);
        }
        for (float[] other : new float[][] {nextSample, nextDraw, nextStep, nextStream, nextSeed}) {
            assertThat(Math.abs(Statistics.correlation(base, other))).isLessThan(4 / Math.sqrt(n));
        }
    }

    private static float uniform(long key, int sample, int draw) {
        return CounterRandom.uniform((int) key, (int) (key >>> 32), sample, draw);
    }

    @Test
    void streamsAndSeedsHaveKeysOfTheirOwn() {
        java.util.Set<Long> keys = new java.util.HashSet<>();
        for (long seed = -50; seed < 50; seed++) {
            for (long stream = -50; stream < 50; stream++) {
                keys.add(CounterRandom.key(seed, stream));
            }
        }
        assertThat(keys).hasSize(10_000);
    }

    @Test
    void normalExponentialAndGumbelFollowTheirDistributions() {
        int n = 100_000;
        float[] normal = new float[n];
        float[] exponential = new float[n];
        float[] gumbel = new float[n];
        for (int i = 0; i < n; i++) {
            normal[i] = CounterRandom.normal(1, 2, i / 10, i % 10);
            exponential[i] = CounterRandom.exponential(1, 3, i, 0);
            gumbel[i] = CounterRandom.gumbel(1, 4, i, 0);
        }
        double limit = Statistics.KOLMOGOROV_LIMIT / Math.sqrt(n);
        assertThat(Statistics.kolmogorovSmirnov(normal, Statistics::normalCdf)).isLessThan(limit);
        assertThat(Statistics.kolmogorovSmirnov(exponential, x -> 1 - Math.exp(-x))).isLessThan(limit);
        assertThat(Statistics.kolmogorovSmirnov(gumbel, x -> Math.exp(-Math.exp(-x)))).isLessThan(limit);
    }

    @Test
    void integersBelowABoundAreEvenlySpread() {
        for (int bound : new int[] {1, 2, 6, 10, 255}) {
            int[] counts = new int[bound];
            for (int i = 0; i < 50_000; i++) {
                counts[CounterRandom.below(bound, 5, 6, i, 0)]++;
            }
            assertThat(Statistics.chiSquared(counts)).isLessThan(bound == 1 ? 1e-9 : Statistics.chiSquaredLimit(bound - 1));
        }
        assertThat(CounterRandom.below(Integer.MAX_VALUE, 5, 6, 1, 0)).isNotNegative();
    }

    @Test
    void categoricalFollowsWeightsAndNeverDrawsZero() {
        float[] weights = {9, 2, 9, 0, 9, 3, 9, 0, 9, 5, 9};
        float[] logits = new float[11];
        double[] shares = {0.2, 0, 0.3, 0, 0.5};
        for (int i = 0; i < 11; i++) {
            logits[i] = (float) Math.log(weights[i]) + 300;
        }
        int n = 100_000;
        int[] byWeight = new int[5];
        int[] byLogit = new int[5];
        for (int i = 0; i < n; i++) {
            float u = CounterRandom.uniform(8, 9, i, 0);
            byWeight[CounterRandom.categorical(5, weights, 1, 2, u)]++;
            byLogit[CounterRandom.categoricalFromLogits(5, logits, 1, 2, u)]++;
        }
        for (int i = 0; i < 5; i++) {
            double error = 4 * Math.sqrt(n * shares[i] * (1 - shares[i]));
            assertThat((double) byWeight[i]).isBetween(n * shares[i] - error, n * shares[i] + error);
            assertThat((double) byLogit[i]).isBetween(n * shares[i] - error, n * shares[i] + error);
        }
        assertThat(CounterRandom.categorical(5, weights, 1, 2, 1 - 0x1p-24f)).isEqualTo(4);
        assertThat(CounterRandom.categorical(2, new float[] {1, 0}, 0, 1, 1 - 0x1p-24f)).isZero();
    }

    @Test
    void everyPermutationIsEquallyLikely() {
        int[] counts = new int[24];
        int[] p = new int[5];
        for (int i = 0; i < 48_000; i++) {
            CounterRandom.permutation(4, p, 1, 3, 4, i);
            assertThat(p[0]).isZero();
            // Lehmer code of the permutation.
            int code = 0;
            for (int a = 1; a <= 4; a++) {
                int smaller = 0;
                for (int b = a + 1; b <= 4; b++) {
                    if (p[b] < p[a]) smaller++;
                }
                code = code * (5 - a) + smaller;
            }
            counts[code]++;
        }
        assertThat(Statistics.chiSquared(counts)).isLessThan(Statistics.chiSquaredLimit(23));
    }
}
