package io.ponder.worldmodels.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.classic.FrozenLakeTable;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.worldmodels.WorldModelContract;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TabularModelTest extends WorldModelContract {
    /** State 0: action 0 goes to 1 (0.2), 2 (0.3, reward 5) or ends in 0 (0.5, reward -1); everything else stays. */
    private static MdpTable table() {
        var builder = new MdpTable.Builder(3, 2).start(0, 1);
        builder.outcome(0.2, 1, 0, false).outcome(0.3, 2, 5, false).outcome(0.5, 0, -1, true).endRow();
        builder.outcome(1, 0, 2, false).endRow();
        for (int state = 1; state < 3; state++) {
            for (int action = 0; action < 2; action++) builder.outcome(1, state, 0, false).endRow();
        }
        return builder.build();
    }

    @Override
    protected WorldModel model() {
        return TabularModel.of(table());
    }

    @Override
    protected float[] observation(Random random) {
        return new float[] {random.nextInt(3)};
    }

    @Override
    protected float[] action(Random random) {
        return new float[] {random.nextInt(2)};
    }

    @Test
    void outcomesComeWithTheirProbabilities() {
        int columns = 20_000;
        StepBuffer out = sample(TabularModel.of(table()), columns);

        int[] count = new int[3];
        for (int k = 0; k < columns; k++) {
            int next = (int) out.next().values()[k];
            count[next]++;
            assertThat(out.reward()[k]).isEqualTo(new float[] {-1, 0, 5}[next]);
            assertThat(out.discount()[k]).isEqualTo(next == 0 ? 0 : 1);
        }
        // Four standard deviations of at most 71.
        assertThat(count[0]).isBetween(9716, 10284);
        assertThat(count[1]).isBetween(3774, 4226);
        assertThat(count[2]).isBetween(5740, 6260);
    }

    private static StepBuffer sample(TabularModel model, int columns) {
        var state = new ModelState(model.spec(), columns);
        var out = new StepBuffer(model.spec(), columns);
        var keys = new ColumnKeys(columns).resize(columns).step(2);
        keys.set(0, columns, 17, 0);
        model.init(new float[columns], columns, state);
        model.step(state, new float[columns], keys, out);
        return out;
    }

    @Test
    void rowsAreThoseOfTheProcess() {
        var lake = FrozenLakeTable.of(FrozenLakeTable.MAP_4X4, true);
        var model = TabularModel.of(lake);
        assertThat(model.stateCount()).isEqualTo(16);
        assertThat(model.spec().actionCount()).isEqualTo(4);
        for (int s = 0; s < 16; s++) {
            for (int a = 0; a < 4; a++) {
                assertThat(model.outcomeCount(s, a)).isEqualTo(lake.outcomeCount(s, a));
                for (int i = 0; i < model.outcomeCount(s, a); i++) {
                    assertThat(model.nextState(s, a, i)).isEqualTo(lake.nextState(s, a, i));
                    assertThat(model.probability(s, a, i)).isEqualTo(lake.probability(s, a, i));
                    assertThat(model.reward(s, a, i)).isEqualTo(lake.reward(s, a, i));
                    assertThat(model.discount(s, a, i)).isEqualTo(lake.terminated(s, a, i) ? 0 : 1);
                }
            }
        }
    }

    @Test
    void countsOfSampledTransitionsGiveTheTableBack() {
        var counts = new TransitionCounts(3, 2);
        StepBuffer out = sample(TabularModel.of(table()), 20_000);
        for (int k = 0; k < 20_000; k++) {
            counts.add(0, 0, out.reward()[k], (int) out.next().values()[k], out.discount()[k] == 0);
        }
        assertThat(counts.count(0, 0)).isEqualTo(20_000);

        TabularModel estimate = counts.mean(0);

        assertThat(estimate.outcomeCount(0, 0)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            int next = estimate.nextState(0, 0, i);
            assertThat(estimate.probability(0, 0, i)).isCloseTo(new double[] {0.5, 0.2, 0.3}[next], within(0.015));
            assertThat(estimate.reward(0, 0, i)).isEqualTo(new double[] {-1, 0, 5}[next]);
            assertThat(estimate.discount(0, 0, i)).isEqualTo(next == 0 ? 0 : 1);
        }
        // A pair that was never tried stays where it is.
        assertThat(estimate.outcomeCount(2, 1)).isEqualTo(1);
        assertThat(estimate.nextState(2, 1, 0)).isEqualTo(2);
        assertThat(estimate.discount(2, 1, 0)).isEqualTo(1);
    }

    @Test
    void priorCountsAreImaginaryTransitions() {
        var counts = new TransitionCounts(3, 1);
        counts.add(0, 0, 6, 1, false);
        counts.add(0, 0, 2, 1, true);

        TabularModel mean = counts.mean(0.5);

        // Dirichlet counts 0.5, 1.5, 0.5 for going on and 1 for ending in state 1.
        assertThat(mean.outcomeCount(0, 0)).isEqualTo(4);
        assertThat(mean.probability(0, 0, 0)).isCloseTo(0.5 / 3.5, within(1e-12));
        assertThat(mean.probability(0, 0, 1)).isCloseTo(1.5 / 3.5, within(1e-12));
        assertThat(mean.probability(0, 0, 3)).isCloseTo(1 / 3.5, within(1e-12));
        assertThat(mean.discount(0, 0, 3)).isZero();
        assertThat(mean.reward(0, 0, 0)).isEqualTo(4);
        assertThat(mean.reward(0, 0, 1)).isEqualTo(6);
        assertThat(mean.probability(1, 0, 2)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void posteriorDrawsHaveMeanAndVarianceOfTheDirichlet() {
        var counts = new TransitionCounts(2, 1);
        for (int i = 0; i < 3; i++) counts.add(0, 0, 1, 0, false);
        int draws = 4000;
        double mean = 0;
        double square = 0;
        double unseen = 0;
        for (int seed = 0; seed < draws; seed++) {
            TabularModel draw = counts.draw(0.5, seed);
            double p = draw.probability(0, 0, 0);
            mean += p / draws;
            square += p * p / draws;
            unseen += draw.probability(1, 0, 0) / draws;
        }
        // Beta(3.5, 0.5): mean 0.875, variance 0.875 * 0.125 / 5 = 0.021875; the standard error of the mean is 0.0023.
        assertThat(mean).isCloseTo(0.875, within(0.01));
        assertThat(square - mean * mean).isCloseTo(0.021875, within(0.003));
        assertThat(unseen).isCloseTo(0.5, within(0.03));
    }

    @Test
    void storesAreCounted() {
        var data = new TransitionStore(1, 1);
        data.add(new float[] {0}, new float[] {1}, 3, new float[] {2}, true, false);
        data.add(new float[] {2}, new float[] {0}, 1, new float[] {0}, false, true);
        var counts = new TransitionCounts(3, 2);

        counts.addAll(data);

        assertThat(counts.count(0, 1)).isEqualTo(1);
        TabularModel model = counts.mean(0);
        assertThat(model.discount(0, 1, 0)).isZero();
        assertThat(model.discount(2, 0, 0)).isEqualTo(1);
        assertThatThrownBy(() -> new TransitionCounts(3, 2).addAll(new TransitionStore(2, 1))).hasMessageContaining("one index");
    }

    @Test
    void indicesOutsideTheTableAreNamed() {
        var model = TabularModel.of(table());
        assertThatThrownBy(() -> model.init(new float[] {3}, 1, new ModelState(model.spec(), 1))).hasMessageContaining("is 3");
        assertThatThrownBy(() -> new TransitionCounts(3, 2).add(0, 2, 0, 0, false)).hasMessageContaining("action is 2");
    }
}
