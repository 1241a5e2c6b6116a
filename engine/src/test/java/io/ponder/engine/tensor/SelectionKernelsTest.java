package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.testing.Allocation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain and vector selection against scores computed in double, over awkward widths; ties, illegal edges, allocation. */
class SelectionKernelsTest {
    private static final SelectionKernels[] BOTH = {SelectionKernels.plain(), SelectionKernels.get()};
    private static final int NODES = 60;
    /** Floats of size up to 10, a few operations each. */
    private static final double TOLERANCE = 2e-5;

    /** One node with random edges, behind a few entries that must not be read. */
    private static final class Node {
        final int width;
        final int offset = 5;
        final float[] prior;
        final int[] visits;
        final float[] value;
        final float[] scratch;

        Node(int width, RandomStream random, float illegal) {
            this.width = width;
            prior = new float[width + 9];
            visits = new int[width + 9];
            value = new float[width + 9];
            scratch = new float[width];
            for (int i = 0; i < prior.length; i++) {
                boolean outside = i < offset || i >= offset + width;
                prior[i] = outside ? 9 : random.nextFloat() < illegal ? Float.NEGATIVE_INFINITY : random.nextFloat();
                visits[i] = outside ? 3 : prior[i] < 0 || random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(9);
                value[i] = outside ? 99 : visits[i] > 0 ? 4 * random.nextFloat() - 2 : 0;
            }
        }
    }

    /** Asserts that a choice has the largest score, to rounding. */
    private static void assertBest(double[] scores, int chosen, String what) {
        double best = Double.NEGATIVE_INFINITY;
        for (double score : scores) best = Math.max(best, score);
        if (best == Double.NEGATIVE_INFINITY) {
            assertThat(chosen).as(what).isEqualTo(SelectionKernels.NONE);
        } else {
            assertThat(chosen).as(what).isBetween(0, scores.length - 1);
            assertThat(scores[chosen]).as(what).isGreaterThanOrEqualTo(best - TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 18, 31, 32, 33, 64, 65, 82, 225, 1000})
    void bothChooseTheLargestScore(int width) {
        var random = new RandomStream(1, width);
        for (int i = 0; i < NODES; i++) {
            var n = new Node(width, random, i % 3 == 0 ? 0.3f : i % 7 == 1 ? 1 : 0);
            for (SelectionKernels kernels : BOTH) checkAll(n, kernels, i % 2 == 0 ? 0.4f : Float.POSITIVE_INFINITY);
        }
    }

    private static void checkAll(Node n, SelectionKernels kernels, float first) {
        double[] puct = new double[n.width];
        double[] siblings = new double[n.width];
        double[] ucb = new double[n.width];
        double[] quota = new double[n.width];
        double[] halving = new double[n.width];
        double[] gumbel = new double[n.width];
        double low = 0.2;
        double high = 0.2;
        int visitSum = 0;
        for (int a = 0; a < n.width; a++) {
            if (n.visits[n.offset + a] == 0) continue;
            low = Math.min(low, n.value[n.offset + a]);
            high = Math.max(high, n.value[n.offset + a]);
            visitSum += n.visits[n.offset + a];
        }
        double anchor = Math.max(0.3, (high + 1) * 2);
        double sum = 0;
        for (int a = 0; a < n.width; a++) {
            double p = n.prior[n.offset + a];
            double v = n.value[n.offset + a];
            int visits = n.visits[n.offset + a];
            boolean legal = p >= 0;
            double nothing = Double.NEGATIVE_INFINITY;
            puct[a] = !legal ? nothing : (visits > 0 ? (v + 1) * 2 : first) + 1.7 * p / (visits + 1);
            siblings[a] = !legal ? nothing : (visits > 0 ? (v - low) / Math.max(high - low, 1e-8) : 0) + 1.7 * p / (visits + 1);
            ucb[a] = !legal ? nothing : visits > 0 ? (v + 1) * 2 + Math.sqrt(3.0 / visits) : first;
            quota[a] = legal ? p / (visits + 1) : nothing;
            halving[a] = !legal || visits != 2 ? nothing : p + (v + 1) * 2;
            gumbel[a] = legal ? p * Math.exp((visits > 0 ? (v + 1) * 2 : 0.3) - anchor) : nothing;
            if (legal) sum += gumbel[a];
        }
        for (int a = 0; a < n.width; a++) gumbel[a] = gumbel[a] / sum - n.visits[n.offset + a] / (1.0 + visitSum);

        assertBest(puct, kernels.puct(n.width, n.prior, n.visits, n.value, n.offset, -1, 2, first, 1.7f), "puct");
        assertBest(siblings, kernels.puctAmongSiblings(n.width, n.prior, n.visits, n.value, n.offset, 0.2f, 1e-8f, 1.7f), "siblings");
        assertBest(ucb, kernels.ucb(n.width, n.prior, n.visits, n.value, n.offset, -1, 2, first, 3), "ucb");
        assertBest(quota, kernels.quota(n.width, n.prior, n.visits, n.offset), "quota");
        assertBest(halving, kernels.halving(n.width, n.prior, n.offset, n.visits, n.value, n.offset, 2, -1, 2, 0.3f), "halving");
        assertBest(gumbel, kernels.gumbelInterior(n.width, n.prior, n.visits, n.value, n.offset, -1, 2, 0.3f, (float) anchor, visitSum,
                0, n.scratch), "gumbel");
        checkOthers(n, kernels, gumbel, (float) anchor, visitSum);
        checkLargest(n, kernels);
        checkStatistics(n, kernels, low, high);
    }

    /** Leaves out the untried edges behind the first and tells the kernel only what their priors sum to: the choice is the same. */
    private static void checkOthers(Node n, SelectionKernels kernels, double[] scores, float anchor, int visitSum) {
        int kept = 0;
        double others = 0;
        float likeliest = Float.NEGATIVE_INFINITY;
        for (int a = n.offset; a < n.offset + n.width; a++) if (n.visits[a] == 0) likeliest = Math.max(likeliest, n.prior[a]);
        float[] prior = new float[n.width];
        int[] visits = new int[n.width];
        float[] value = new float[n.width];
        int[] number = new int[n.width];
        boolean first = true;
        for (int a = n.offset; a < n.offset + n.width; a++) {
            boolean next = n.visits[a] == 0 && n.prior[a] == likeliest && first;
            if (n.visits[a] == 0 && !next) {
                others += Math.max(0, n.prior[a]);
                continue;
            }
            if (next) first = false;
            prior[kept] = n.prior[a];
            visits[kept] = n.visits[a];
            value[kept] = n.value[a];
            number[kept++] = a - n.offset;
        }
        int chosen = kernels.gumbelInterior(
                kept, prior, visits, value, 0, -1, 2, 0.3f, anchor, visitSum, (float) others, new float[kept]);
        assertBest(scores, chosen < 0 ? chosen : number[chosen], "gumbel with others");
    }

    private static void checkLargest(Node n, SelectionKernels kernels) {
        float[] others = new float[1];
        int chosen = kernels.largest(n.width, n.prior, n.offset, others);
        double[] priors = new double[n.width];
        double sum = 0;
        for (int a = 0; a < n.width; a++) {
            priors[a] = n.prior[n.offset + a];
            if (a != chosen) sum += Math.max(0, priors[a]);
        }
        assertBest(priors, chosen, "largest");
        assertThat((double) others[0]).isCloseTo(sum, within(TOLERANCE * n.width));
    }

    private static void checkStatistics(Node n, SelectionKernels kernels, double low, double high) {
        double priors = 0;
        double products = 0;
        int sum = 0;
        int most = 0;
        int visited = 0;
        for (int a = n.offset; a < n.offset + n.width; a++) {
            if (n.visits[a] == 0) continue;
            priors += n.prior[a];
            products += n.prior[a] * n.value[a];
            sum += n.visits[a];
            most = Math.max(most, n.visits[a]);
            visited++;
        }
        float[] out = new float[SelectionKernels.STATISTICS];
        kernels.statistics(n.width, n.prior, n.visits, n.value, n.offset, 0.2f, out);
        assertThat(out[SelectionKernels.LEAST]).isEqualTo((float) low);
        assertThat(out[SelectionKernels.LARGEST]).isEqualTo((float) high);
        assertThat((double) out[SelectionKernels.PRIOR_SUM]).isCloseTo(priors, within(TOLERANCE * (1 + priors)));
        assertThat((double) out[SelectionKernels.PRIOR_VALUE_SUM]).isCloseTo(products, within(TOLERANCE * (1 + priors)));
        assertThat(out[SelectionKernels.VISIT_SUM]).isEqualTo(sum);
        assertThat(out[SelectionKernels.VISIT_MAX]).isEqualTo(most);
        assertThat(out[SelectionKernels.VISITED]).isEqualTo(visited);
    }

    @Test
    void withoutStartTheRangeIsThatOfTheVisitedEdges() {
        for (SelectionKernels kernels : BOTH) {
            for (int width : new int[] {3, 40}) {
                float[] prior = new float[width];
                int[] visits = new int[width];
                float[] value = new float[width];
                float[] out = new float[SelectionKernels.STATISTICS];
                kernels.statistics(width, prior, visits, value, 0, Float.NaN, out);
                assertThat(out[SelectionKernels.LEAST]).isEqualTo(Float.POSITIVE_INFINITY);
                assertThat(out[SelectionKernels.LARGEST]).isEqualTo(Float.NEGATIVE_INFINITY);
                visits[1] = 2;
                value[1] = 7;
                kernels.statistics(width, prior, visits, value, 0, Float.NaN, out);
                assertThat(out[SelectionKernels.LEAST]).isEqualTo(7);
                assertThat(out[SelectionKernels.LARGEST]).isEqualTo(7);
            }
        }
    }

    @Test
    void theLowestIndexWinsATie() {
        for (SelectionKernels kernels : BOTH) {
            for (int width : new int[] {5, 16, 19, 33, 100}) {
                float[] prior = new float[width];
                Arrays.fill(prior, 2, width, 0.5f);
                int[] visits = new int[width];
                float[] value = new float[width];
                assertThat(kernels.puct(width, prior, visits, value, 0, 0, 1, 0, 1)).isEqualTo(2);
                assertThat(kernels.puctAmongSiblings(width, prior, visits, value, 0, 0, 1, 1)).isEqualTo(2);
                assertThat(kernels.ucb(width, prior, visits, value, 0, 0, 1, Float.POSITIVE_INFINITY, 1)).isZero();
                assertThat(kernels.quota(width, prior, visits, 0)).isEqualTo(2);
                assertThat(kernels.halving(width, prior, 0, visits, value, 0, 0, 0, 1, 0)).isEqualTo(2);
                assertThat(kernels.gumbelInterior(width, prior, visits, value, 0, 0, 1, 0, 0, 0, 0, new float[width])).isEqualTo(2);
                assertThat(kernels.largest(width, prior, 0, new float[1])).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 18, 33, 82, 1000})
    void priorsAreTheSoftmaxOfTheLegalLogits(int count) {
        var random = new RandomStream(2, count);
        int stride = 3;
        float[] logits = new float[count * stride];
        double sum = 0;
        int legal = 0;
        for (int i = 0; i < count; i++) {
            float logit = 6 * random.nextFloat() - 3;
            if (i % 5 == 3) logit = Float.NEGATIVE_INFINITY;
            if (i % 11 == 6) logit = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
            logits[i * stride + 1] = logit;
            if (logit - logit == 0) {
                sum += Math.exp(logit);
                legal++;
            }
        }
        for (SelectionKernels kernels : BOTH) {
            float[] prior = new float[count + 4];
            int found = kernels.priors(count, logits, 1, stride, prior, 2);
            assertThat(found & 0xFFFF).isEqualTo(legal);
            assertThat(found >>> 16).isEqualTo((count + 4) / 11);
            for (int i = 0; i < count; i++) {
                float logit = logits[i * stride + 1];
                if (logit - logit == 0) assertThat((double) prior[2 + i]).isCloseTo(Math.exp(logit) / sum, within(1e-6));
                else assertThat(prior[2 + i]).isEqualTo(Float.NEGATIVE_INFINITY);
            }
            assertThat(prior[count + 2]).isZero();
        }
    }

    @Test
    void logitsFarApartGiveZeroAndNotNaN() {
        for (SelectionKernels kernels : BOTH) {
            for (int count : new int[] {3, 20}) {
                float[] logits = new float[count];
                logits[0] = -1e9f;
                logits[2] = 1e9f;
                float[] prior = new float[count];
                kernels.priors(count, logits, 0, 1, prior, 0);
                assertThat(prior[2]).isEqualTo(1);
                assertThat(prior[0]).isBetween(0f, 1e-37f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 82})
    void nothingIsAllocatedOnceWarm(int width) {
        var n = new Node(width, new RandomStream(3, 0), 0.1f);
        float[] out = new float[SelectionKernels.STATISTICS];
        for (SelectionKernels kernels : BOTH) {
            assertThat(Allocation.onceWarm(() -> {
                for (int i = 0; i < 500; i++) {
                    kernels.puctAmongSiblings(n.width, n.prior, n.visits, n.value, n.offset, 0.2f, 1e-8f, 1.7f);
                    kernels.ucb(n.width, n.prior, n.visits, n.value, n.offset, -1, 2, 0, 3);
                    kernels.quota(n.width, n.prior, n.visits, n.offset);
                    kernels.statistics(n.width, n.prior, n.visits, n.value, n.offset, Float.NaN, out);
                    kernels.gumbelInterior(n.width, n.prior, n.visits, n.value, n.offset, -1, 2, 0.3f, 9, 30, 0.5f, n.scratch);
                    kernels.largest(n.width, n.prior, n.offset, n.scratch);
                    kernels.priors(n.width, n.value, n.offset, 1, n.scratch, 0);
                }
            })).isZero();
        }
    }
}
