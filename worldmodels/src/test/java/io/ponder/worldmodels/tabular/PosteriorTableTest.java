package io.ponder.worldmodels.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.tabular.MdpTable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PosteriorTableTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);
    private static final int DRAWS = 4000;

    private static PosteriorTable table() {
        var table = new PosteriorTable(3, 2, 0.5, 1);
        table.add(0, 1, 2, 2);
        table.add(0, 1, 4, 2);
        table.add(0, 1, 3, 1);
        return table;
    }

    @Test
    void theMeanCountsThePrior() {
        MdpTable mean = table().mean();

        assertThat(mean.probability(0, 1, 2)).isEqualTo(2.5 / 4.5, EXACT);
        assertThat(mean.probability(0, 1, 0)).isEqualTo(0.5 / 4.5, EXACT);
        assertThat(mean.probability(1, 0, 1)).isEqualTo(1 / 3.0, EXACT);
        assertThat(mean.expectedReward(0, 1)).isEqualTo((1 + 9) / 4.0, EXACT);
        assertThat(mean.expectedReward(2, 0)).isEqualTo(1, EXACT);
    }

    @Test
    void drawsHaveTheMomentsOfDirichletAndNormalGamma() {
        PosteriorTable table = table();
        double p = 0;
        double pp = 0;
        double r = 0;
        double rr = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            MdpTable draw = table.draw(seed);
            p += draw.probability(0, 1, 2) / DRAWS;
            pp += Math.pow(draw.probability(0, 1, 2), 2) / DRAWS;
            r += draw.expectedReward(0, 1) / DRAWS;
            rr += Math.pow(draw.expectedReward(0, 1), 2) / DRAWS;
        }

        double mean = 2.5 / 4.5;
        double variance = mean * (1 - mean) / 5.5;
        // Five standard errors of the means; the variances are looser because their own errors depend on fourth moments.
        assertThat(p).isEqualTo(mean, Offset.offset(5 * Math.sqrt(variance / DRAWS)));
        assertThat(pp - p * p).isEqualTo(variance, Offset.offset(0.1 * variance));
        // Shape 2 + 3/2; rate 1 + 1/2 (squares 2 + 1 x 3 x 4 / 4); the variance of the mean is rate / ((shape - 1) 4).
        double rate = 1 + 0.5 * (2 + 3);
        double rewardVariance = rate / (2.5 * 4);
        assertThat(r).isEqualTo(2.5, Offset.offset(5 * Math.sqrt(rewardVariance / DRAWS)));
        assertThat(rr - r * r).isEqualTo(rewardVariance, Offset.offset(0.2 * rewardVariance));
    }

    @Test
    void theSameSeedGivesTheSameDraw() {
        assertThat(table().draw(7).probability(1, 1, 0)).isEqualTo(table().draw(7).probability(1, 1, 0));
        assertThat(table().draw(7).probability(1, 1, 0)).isNotEqualTo(table().draw(8).probability(1, 1, 0));
        assertThatThrownBy(() -> new PosteriorTable(2, 2, 0, 0)).hasMessageContaining("priorCount is 0");
    }
}
