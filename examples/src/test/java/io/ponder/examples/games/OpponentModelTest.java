package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.planners.opponent.Frequencies;
import io.ponder.planners.opponent.OpponentModel;
import io.ponder.planners.opponent.RecursiveMixture;
import io.ponder.planners.opponent.SequenceImagination;
import io.ponder.testing.Allocation;
import org.junit.jupiter.api.Test;

class OpponentModelTest {
    private static final double ROUNDING = 1e-12;
    /** What a softmax of temperature 0.01 leaves to actions that earn 1 less. */
    private static final double COLD = 1e-12;

    private final RepeatedMatrixGame game = new RepeatedMatrixGame(MatrixGame.rockPaperScissors(), 10);
    private final int[] position = {0, 0};
    private final double[] out = new double[3];

    /** Always predicts the same and counts what it sees. */
    private static final class Constant implements OpponentModel {
        private final double[] probability;
        private int observed;

        Constant(double... probability) {
            this.probability = probability;
        }

        @Override
        public void predict(int[] position, double[] out) {
            System.arraycopy(probability, 0, out, 0, out.length);
        }

        @Override
        public void observe(int[] position, int action) {
            observed++;
        }

        @Override
        public void reset() {
            observed = 0;
        }
    }

    private RecursiveMixture mixture(OpponentModel level0, RecursiveMixture.Parameters sizes) {
        return new RecursiveMixture(level0, 3, () -> new SequenceImagination(game, 1, 1, 0.01), sizes);
    }

    @Test
    void frequenciesForget() {
        var model = new Frequencies(3, 0.5);
        model.observe(position, 2);
        model.observe(position, 0);
        model.predict(position, out);
        // 1/3 decays to 1/12, an action of one round ago counts half.
        assertThat(out[0]).isEqualTo((1 / 12.0 + 1) / 1.75, within(ROUNDING));
        assertThat(out[1]).isEqualTo(1 / 12.0 / 1.75, within(ROUNDING));
        assertThat(out[2]).isEqualTo((1 / 12.0 + 0.5) / 1.75, within(ROUNDING));

        model.reset();
        model.predict(position, out);
        assertThat(out[1]).isEqualTo(1 / 3.0, within(ROUNDING));
    }

    /** Rock is answered by paper, and that by scissors; they by rock, and that by paper. */
    @Test
    void eachLevelMovesToTheAnswerToOurAnswer() {
        var mixture = mixture(new Constant(1, 0, 0), RecursiveMixture.Parameters.DEFAULT);
        double[][] expected = {{1, 0, 0}, {0.2, 0, 0.8}, {0.04, 0.8, 0.16}};
        for (int m = 0; m < 3; m++) {
            mixture.predict(m, position, out);
            for (int a = 0; a < 3; a++) assertThat(out[a]).isEqualTo(expected[m][a], within(COLD));
        }
        mixture.predict(position, out);
        for (int a = 0; a < 3; a++) {
            assertThat(out[a]).isEqualTo((expected[0][a] + expected[1][a] + expected[2][a]) / 3, within(COLD));
        }
    }

    @Test
    void theLevelThatPredictsGetsTheShare() {
        var level0 = new Constant(0.9, 0.05, 0.05);
        var mixture = mixture(level0, RecursiveMixture.Parameters.DEFAULT);
        for (int i = 0; i < 20; i++) mixture.observe(position, 2);
        assertThat(mixture.share(1)).isGreaterThan(0.9);
        assertThat(level0.observed).isEqualTo(20);

        for (int i = 0; i < 40; i++) mixture.observe(position, 0);
        assertThat(mixture.share(0)).isGreaterThan(0.9);

        var flat = mixture(new Constant(0.9, 0.05, 0.05), RecursiveMixture.Parameters.DEFAULT.withBase(1));
        for (int i = 0; i < 20; i++) flat.observe(position, 2);
        assertThat(flat.share(1)).isEqualTo(1 / 3.0, within(ROUNDING));

        var one = mixture(new Constant(0.9, 0.05, 0.05), RecursiveMixture.Parameters.DEFAULT.withBase(Double.POSITIVE_INFINITY));
        one.observe(position, 2);
        assertThat(one.share(1)).isEqualTo(1);
    }

    /**
     * One observation of what the levels gave 0.05, 0.81 and 0.17 makes these their posteriors, and e to their powers the
     * shares.
     */
    @Test
    void firstSharesFollowTheClosedForm() {
        var mixture = mixture(new Constant(0.9, 0.05, 0.05), RecursiveMixture.Parameters.DEFAULT);
        mixture.observe(position, 2);

        double[] likelihood = {0.05, 0.2 * 0.05 + 0.8, 0.2 * 0.81};
        double sum = likelihood[0] + likelihood[1] + likelihood[2];
        double all = 0;
        for (double l : likelihood) all += Math.exp(l / sum);
        for (int m = 0; m < 3; m++) assertThat(mixture.share(m)).isEqualTo(Math.exp(likelihood[m] / sum) / all, within(ROUNDING));
    }

    @Test
    void lookingFurtherChangesNothingWhereRoundsAreIndependent() {
        double[] near = new double[3];
        new SequenceImagination(game, 1, 1, 0.05).answer(position, new Constant(0.2, 0.5, 0.3)::predict, near);
        new SequenceImagination(game, 1, 3, 0.05).answer(position, new Constant(0.2, 0.5, 0.3)::predict, out);
        assertThat(out).containsExactly(near).contains(1.0);

        // The other player answers as well, and equally good answers are shared.
        new SequenceImagination(game, 0, 1, 0.05).answer(position, new Constant(1 / 3.0, 1 / 3.0, 1 / 3.0)::predict, out);
        assertThat(out[0] + out[1] + out[2]).isEqualTo(1, within(ROUNDING));
    }

    @Test
    void afterTheLastRoundAllAnswersAreEqual() {
        var once = new RepeatedMatrixGame(MatrixGame.rockPaperScissors(), 1);
        var imagination = new SequenceImagination(once, 1, 1, 0.01);
        int[] at = Perft.start(once);
        imagination.answer(at, new Constant(1, 0, 0)::predict, out);
        assertThat(out).contains(1.0);

        once.play(at, 0);
        imagination.answer(at, new Constant(1, 0, 0)::predict, out);
        for (int b = 0; b < 3; b++) assertThat(out[b]).isEqualTo(1 / 3.0, within(ROUNDING));
    }

    @Test
    void aWarmPredictionAllocatesNothing() {
        var mixture = mixture(new Frequencies(3, 0.9), RecursiveMixture.Parameters.DEFAULT);
        assertThat(Allocation.onceWarm(() -> {
            mixture.predict(position, out);
            mixture.observe(position, 1);
        })).isZero();
    }

    @Test
    void refusesSizesThatMeanNothing() {
        assertThatThrownBy(() -> RecursiveMixture.Parameters.DEFAULT.withBase(0.5)).hasMessageContaining("base is 0.5");
        assertThatThrownBy(() -> new SequenceImagination(new Pig(), 2, 1, 1)).hasMessageContaining("opponent is 2");
    }
}
