package io.ponder.worldmodels;

import io.ponder.testing.Allocation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws that every world model keeps. */
public abstract class WorldModelContract {
    private static final int COLUMNS = 37;
    private static final int STEP = 3;

    /** Makes the model under test; the same one every time. */
    protected abstract WorldModel model();

    /** Draws a legal observation. */
    protected abstract float[] observation(Random random);

    /** Draws a legal action. */
    protected abstract float[] action(Random random);

    /** Tells whether observing an initialised state gives the observation back. */
    protected boolean initialisesExactly() {
        return true;
    }

    @Test
    void columnAloneEqualsTheColumnInABatch() {
        var batch = new Batch(model(), COLUMNS, 1);
        batch.step();
        WorldModel model = model();
        var single = new ModelState(model.spec(), 1);
        var out = new StepBuffer(model.spec(), 1);
        var keys = new ColumnKeys(1).resize(1).step(STEP);
        var action = new float[model.spec().actionSize()];

        for (int k = 0; k < COLUMNS; k++) {
            single.gather(batch.state, new int[] {k}, 1);
            for (int a = 0; a < action.length; a++) action[a] = batch.actions[a * COLUMNS + k];
            keys.set(0, 1, Batch.KEY, k);
            model.step(single, action, keys, out);

            assertThat(out.reward()[0]).isEqualTo(batch.out.reward()[k]);
            assertThat(out.discount()[0]).isEqualTo(batch.out.discount()[k]);
            for (int d = 0; d < model.spec().stateSize(); d++) {
                assertThat(out.next().values()[d]).isEqualTo(batch.out.next().values()[d * COLUMNS + k]);
            }
            for (int d = 0; d < model.spec().tagSize(); d++) {
                assertThat(out.next().tags()[d]).isEqualTo(batch.out.next().tags()[d * COLUMNS + k]);
            }
        }
    }

    @Test
    void thirtyStepsStayFinite() {
        var batch = new Batch(model(), COLUMNS, 2);
        for (int t = 0; t < 30; t++) {
            batch.keys.step(t);
            batch.step();
            batch.state.copyFrom(batch.out.next());
            for (int k = 0; k < COLUMNS; k++) assertThat(batch.out.reward()[k]).isFinite();
        }
        int entries = batch.state.stateSize() * COLUMNS;
        for (int i = 0; i < entries; i++) assertThat(batch.state.values()[i]).isFinite();
    }

    @Test
    void forkStepsLikeTheOriginal() {
        var original = new Batch(model(), COLUMNS, 3);
        var fork = new Batch(model().fork(), COLUMNS, 3);

        original.step();
        fork.step();

        assertThat(fork.out.next().values()).isEqualTo(original.out.next().values());
        assertThat(fork.out.reward()).isEqualTo(original.out.reward());
        assertThat(fork.out.discount()).isEqualTo(original.out.discount());
    }

    @Test
    void stepLeavesStateAndActionsAlone() {
        var batch = new Batch(model(), COLUMNS, 4);
        float[] values = batch.state.values().clone();
        int[] tags = batch.state.tags().clone();
        float[] actions = batch.actions.clone();

        batch.step();

        assertThat(batch.state.values()).isEqualTo(values);
        assertThat(batch.state.tags()).isEqualTo(tags);
        assertThat(batch.actions).isEqualTo(actions);
    }

    @Test
    void sameKeysGiveTheSameStep() {
        var first = new Batch(model(), COLUMNS, 5);
        var second = new Batch(model(), COLUMNS, 5);

        first.step();
        second.step();
        second.step();

        assertThat(second.out.next().values()).isEqualTo(first.out.next().values());
        assertThat(second.out.reward()).isEqualTo(first.out.reward());
    }

    @Test
    void stepAllocatesNothingOnceWarm() {
        var batch = new Batch(model(), COLUMNS, 6);

        assertThat(Allocation.onceWarm(batch::step)).isZero();
    }

    @Test
    void observingAnInitialisedStateGivesTheObservationBack() {
        WorldModel model = model();
        ObservationModel observer = model.as(ObservationModel.class);
        if (observer == null || !initialisesExactly()) return;
        var batch = new Batch(model, COLUMNS, 7);
        var seen = new float[model.spec().observationSize() * COLUMNS];

        observer.observe(batch.state, seen);

        for (int i = 0; i < seen.length; i++) {
            assertThat((double) seen[i]).isCloseTo(batch.observations[i], within(1e-5 * (1 + Math.abs(batch.observations[i]))));
        }
    }

    @Test
    void gradientAgreesWithFiniteDifferences() {
        WorldModel model = model();
        Differentiable gradient = model.as(Differentiable.class);
        if (gradient == null) return;
        var batch = new Batch(model, COLUMNS, 8);
        var random = new Random(9);
        int states = model.spec().stateSize() * COLUMNS;
        int actions = model.spec().actionSize() * COLUMNS;
        float[] nextCotangent = normals(random, states);
        float[] rewardCotangent = normals(random, COLUMNS);
        var toState = new float[states];
        var toAction = new float[actions];
        java.util.Arrays.fill(toState, Float.NaN);
        java.util.Arrays.fill(toAction, Float.NaN);

        gradient.backward(batch.state, batch.actions, batch.keys, nextCotangent, rewardCotangent, toState, toAction);

        float step = 1f / 256;
        float[] direction = normals(random, states);
        float[] actionDirection = normals(random, actions);
        double[] up = batch.moved(step, direction, actionDirection, nextCotangent, rewardCotangent);
        double[] down = batch.moved(-step, direction, actionDirection, nextCotangent, rewardCotangent);
        int wrong = 0;
        for (int k = 0; k < COLUMNS; k++) {
            double expected = (up[k] - down[k]) / (2 * step);
            double actual = 0;
            double scale = 1;
            for (int d = 0; d < model.spec().stateSize(); d++) {
                double part = (double) toState[d * COLUMNS + k] * direction[d * COLUMNS + k];
                actual += part;
                scale += Math.abs(part);
            }
            for (int a = 0; a < model.spec().actionSize(); a++) {
                double part = (double) toAction[a * COLUMNS + k] * actionDirection[a * COLUMNS + k];
                actual += part;
                scale += Math.abs(part);
            }
            if (!(Math.abs(actual - expected) <= 0.01 * scale)) wrong++;
        }
        // A column whose step crosses a limit has no derivative there; the exact comparison is made against double, model by model.
        assertThat(wrong).isLessThanOrEqualTo(COLUMNS / 8);
    }

    private static float[] normals(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) random.nextGaussian();
        return values;
    }

    /** A batch of legal states and actions with keys. */
    private final class Batch {
        static final long KEY = 0x123456789ABCDEFL;

        final WorldModel model;
        final int columns;
        final float[] observations;
        final float[] actions;
        final ModelState state;
        final StepBuffer out;
        final ColumnKeys keys;

        Batch(WorldModel model, int columns, long seed) {
            this.model = model;
            this.columns = columns;
            var random = new Random(seed);
            observations = new float[model.spec().observationSize() * columns];
            actions = new float[model.spec().actionSize() * columns];
            for (int k = 0; k < columns; k++) {
                float[] observation = observation(random);
                float[] action = action(random);
                for (int d = 0; d < observation.length; d++) observations[d * columns + k] = observation[d];
                for (int a = 0; a < action.length; a++) actions[a * columns + k] = action[a];
            }
            state = new ModelState(model.spec(), columns);
            out = new StepBuffer(model.spec(), columns);
            keys = new ColumnKeys(columns).resize(columns).step(STEP);
            keys.set(0, columns, KEY, 0);
            model.init(observations, columns, state);
            model.begin(state, keys);
        }

        void step() {
            model.step(state, actions, keys, out);
        }

        /** Returns the weighted outputs of every column after a move along a direction. */
        double[] moved(float step, float[] direction, float[] actionDirection, float[] nextCotangent, float[] rewardCotangent) {
            var from = new ModelState(model.spec(), columns);
            from.copyFrom(state);
            float[] movedActions = actions.clone();
            for (int i = 0; i < direction.length; i++) from.values()[i] += step * direction[i];
            for (int i = 0; i < movedActions.length; i++) movedActions[i] += step * actionDirection[i];
            model.step(from, movedActions, keys, out);
            var sums = new double[columns];
            for (int k = 0; k < columns; k++) {
                sums[k] = (double) rewardCotangent[k] * out.reward()[k];
                for (int d = 0; d < model.spec().stateSize(); d++) {
                    sums[k] += (double) nextCotangent[d * columns + k] * out.next().values()[d * columns + k];
                }
            }
            return sums;
        }
    }
}
