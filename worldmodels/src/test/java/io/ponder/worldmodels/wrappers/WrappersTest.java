package io.ponder.worldmodels.wrappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WrappersTest {
    private static final LambdaModel COUNTER = LambdaModel.of(1, 1, (x, u, next) -> {
        next[0] = x[0] + u[0];
        return 5;
    });

    private static StepBuffer step(WorldModel model, float... start) {
        var state = new ModelState(model.spec(), start.length);
        var out = new StepBuffer(model.spec(), start.length);
        model.init(start, start.length, state);
        var actions = new float[start.length];
        java.util.Arrays.fill(actions, 1);
        model.step(state, actions, new ColumnKeys(start.length).resize(start.length), out);
        return out;
    }

    @Test
    void knownRewardReplacesTheRewardOfTheModel() {
        var model = new KnownReward(COUNTER, (before, action, next, columns, out) -> {
            for (int k = 0; k < columns; k++) out[k] = 100 * before[k] + 10 * action[k] + next[k];
        });

        StepBuffer out = step(model, 1, 2);

        assertThat(out.reward()).containsExactly(112, 213);
        assertThat(out.next().values()).containsExactly(2, 3);
    }

    @Test
    void knownTerminationEndsEpisodesAndKeepsEarlierEnds() {
        var inner = COUNTER.endingWhere(x -> x[0] >= 4);
        var model = new KnownTermination(inner, (before, action, next, columns, discount) -> {
            for (int k = 0; k < columns; k++) if (next[k] == 2) discount[k] *= 0;
        });

        assertThat(step(model, 0, 1, 2, 3).discount()).containsExactly(1, 0, 1, 0);
    }

    @Test
    void discountMultiplies() {
        var model = new Discounted(COUNTER.discountedBy(0.5).endingWhere(x -> x[0] >= 4), 0.5);

        assertThat(step(model, 0, 3).discount()).containsExactly(0.25f, 0);
        assertThatThrownBy(() -> new Discounted(COUNTER, 1.5)).hasMessageContaining("factor is 1.5");
    }

    @Test
    void heldActionsAddUpDiscountedRewardsUntilTheEnd() {
        var model = new HeldActions(COUNTER.discountedBy(0.5).endingWhere(x -> x[0] >= 4), 3);

        StepBuffer out = step(model, 0, 1, 2);

        // From 1 the third step ends the episode, from 2 the second.
        assertThat(out.reward()).containsExactly(5 * 1.75f, 5 * 1.75f, 5 * 1.5f);
        assertThat(out.discount()).containsExactly(0.125f, 0, 0);
        assertThat(out.next().values()[0]).isEqualTo(3);
        assertThat(model.stepCost()).isEqualTo(3);
        assertThat(new Discounted(model, 0.5).stepCost()).isEqualTo(3);
        assertThat(new HeldActions(COUNTER, 1).stepCost()).isEqualTo(1);
        assertThatThrownBy(() -> new HeldActions(COUNTER, 0)).hasMessageContaining("times is 0");
    }

    @Test
    void heldActionsDrawTheNoiseOfEveryStepOnce() {
        List<Integer> steps = new ArrayList<>();
        var inner = new ModelWrapper(COUNTER) {
            @Override
            public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
                steps.add(keys.step());
                super.step(state, actions, keys, out);
            }

            @Override
            public WorldModel fork() {
                return this;
            }
        };
        var model = new HeldActions(inner, 2);
        var state = new ModelState(model.spec(), 1);
        model.init(new float[1], 1, state);
        var keys = new ColumnKeys(1).resize(1);
        for (int t = 0; t < 2; t++) {
            model.step(state, new float[1], keys.step(t), new StepBuffer(model.spec(), 1));
            assertThat(keys.step()).isEqualTo(t);
        }

        assertThat(steps).containsExactly(0, 1, 2, 3);
    }

    @Test
    void knownRewardHasNoGradientWhereThePartsHaveNone() {
        var model = new KnownReward(COUNTER, (before, action, next, columns, out) -> {});

        assertThat(model.as(Differentiable.class)).isNull();
        assertThat(model.as(ObservationModel.class)).isSameAs(COUNTER);
    }

    @Test
    void modelsWithoutObservationsAreRefusedWithAdvice() {
        var latent = new WorldModel() {
            @Override
            public ModelSpec spec() {
                return ModelSpec.continuous(1, 1);
            }

            @Override
            public void init(float[] observations, int columns, ModelState out) {}

            @Override
            public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {}

            @Override
            public WorldModel fork() {
                return this;
            }

            @Override
            public <T> @Nullable T as(Class<T> capability) {
                return null;
            }
        };

        assertThatThrownBy(() -> new KnownReward(latent, (before, action, next, columns, out) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not offer an ObservationModel")
                .hasMessageContaining("Maybe");
    }
}
