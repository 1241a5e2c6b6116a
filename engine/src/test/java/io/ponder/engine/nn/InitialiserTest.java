package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InitialiserTest {
    private static final int OUT = 120;
    private static final int IN = 80;

    private static float[] draw(Initialiser initialiser, long seed) {
        float[] values = new float[OUT * IN];
        initialiser.fill(values, 0, new int[] {OUT, IN}, seed, 3);
        return values;
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float v : values) sum += (double) v * v;
        return Math.sqrt(sum / values.length);
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float v : values) largest = Math.max(largest, Math.abs(v));
        return largest;
    }

    @Test
    void spreadsAreThoseOfThePapers() {
        // A deviation of 9600 draws has a relative standard error of 0.7 %; the bounds are four times that.
        double share = 0.03;
        // A normal cut at two deviations has deviation 0.8796.
        double pets = 0.5 / Math.sqrt(IN);
        assertThat(deviation(draw(Initialiser.truncatedNormalByInputs(), 1))).isCloseTo(0.8796 * pets, within(share * pets));
        assertThat(largest(draw(Initialiser.truncatedNormalByInputs(), 1))).isLessThanOrEqualTo(2 * pets + 1e-6).isGreaterThan(1.9 * pets);
        double xavier = Math.sqrt(2.0 / (IN + OUT));
        assertThat(deviation(draw(Initialiser.xavierNormal(1), 1))).isCloseTo(xavier, within(share * xavier));
        assertThat(deviation(draw(Initialiser.xavierUniform(1), 1))).isCloseTo(xavier, within(share * xavier));
        assertThat(largest(draw(Initialiser.xavierUniform(1), 1))).isLessThan(Math.sqrt(3) * xavier);
        double he = Math.sqrt(2.0 / IN);
        assertThat(deviation(draw(Initialiser.heNormal(), 1))).isCloseTo(he, within(share * he));
        assertThat(deviation(draw(Initialiser.heUniform(), 1))).isCloseTo(he, within(share * he));
        assertThat(draw(Initialiser.zeros(), 1)).containsOnly(0f);
    }

    @Test
    void orthogonalColumnsOrRowsAreOrthonormal() {
        for (int[] shape : new int[][] {{9, 5}, {5, 9}, {6, 6}}) {
            float[] w = new float[shape[0] * shape[1]];
            Initialiser.orthogonal(2).fill(w, 0, shape, 1, 2);
            boolean tall = shape[0] > shape[1];
            int count = Math.min(shape[0], shape[1]);
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < count; b++) {
                    double dot = 0;
                    for (int i = 0; i < Math.max(shape[0], shape[1]); i++) {
                        dot += tall ? w[i * shape[1] + a] * w[i * shape[1] + b] : w[a * shape[1] + i] * w[b * shape[1] + i];
                    }
                    assertThat(dot).isCloseTo(a == b ? 4 : 0, within(1e-5));
                }
            }
        }
    }

    @Test
    void seedsTensorsAndMembersDifferAndRepeat() {
        NetworkBuilder builder = new NetworkBuilder(2);
        builder.parameter("a", Initialiser.heNormal(), 3, 4);
        builder.parameter("b", Initialiser.heNormal(), 3, 4);
        builder.sharedParameter("c", Initialiser.heNormal(), 3, 4);
        Network network = builder.build(1);
        float[] first = network.parameters().clone();

        assertThat(first).hasSize(2 * 12 + 2 * 12 + 12).doesNotHaveDuplicates();
        network.initialise(2);
        assertThat(network.parameters()).isNotEqualTo(first);
        network.initialise(1);
        assertThat(network.parameters()).isEqualTo(first);
        assertThat(network.tensor("b").shape()).containsExactly(2, 3, 4);
        assertThat(network.tensor("c").shape()).containsExactly(3, 4);
        assertThat(network.tensor("c").offset(1)).isEqualTo(48);
    }

    @Test
    void memberIsCopiedWithoutTheOthers() {
        NetworkBuilder builder = new NetworkBuilder(3);
        builder.parameter("a", Initialiser.heNormal(), 2);
        builder.sharedParameter("b", Initialiser.heNormal(), 1);
        Network network = builder.build(1);
        float[] best = new float[network.parameterCount()];

        network.copyMember(network.parameters(), 2, best, 0);

        assertThat(best).containsExactly(network.parameters()[4], network.parameters()[5], 0, 0, 0, 0, 0);
    }
}
