package io.ponder.worldmodels.wrappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.WorldModelContract;
import io.ponder.worldmodels.linear.LinearGaussianModel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The contract for a corrected model with noise, and what a correction does. */
final class OnPolicyCorrectionTest extends WorldModelContract {
    private static final int STEPS = 6;

    /** A system of two entries, wrong by a constant where {@code bias} is not 0. */
    private static LinearGaussianModel system(double bias, boolean sampled) {
        return new LinearGaussianModel(new double[][] {{1, 0.1}, {-0.2, 0.9}}, new double[][] {{0}, {0.3}}, new double[] {bias, -bias},
                new double[][] {{0.01, 0}, {0, 0.04}}, sampled);
    }

    /** Two episodes of {@code STEPS} steps of a system that is not linear. */
    private static TransitionStore episodes() {
        var store = new TransitionStore(2, 1);
        float[] x = {1, 0};
        for (int row = 0; row < 2 * STEPS; row++) {
            float[] u = {0.1f * row - 0.3f};
            float[] next = {x[0] + 0.1f * x[1], (float) (0.7 * x[1] - 0.5 * Math.sin(x[0]) + 0.3 * u[0])};
            store.add(x, u, 0, next, false, row % STEPS == STEPS - 1);
            x = next;
        }
        return store;
    }

    @Override
    protected WorldModel model() {
        return new OnPolicyCorrection(system(0.2, true), system(0.2, false), episodes()).startAt(2);
    }

    @Override
    protected float[] observation(Random random) {
        return new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
    }

    @Override
    protected float[] action(Random random) {
        return new float[] {(float) random.nextGaussian()};
    }

    @Test
    void anEpisodeIsReplayedToTheBitByItsOwnActions() {
        TransitionStore data = episodes();
        var model = new OnPolicyCorrection(system(0.7, false), data);
        for (int first : new int[] {0, STEPS}) {
            var state = new ModelState(model.spec(), 1);
            var out = new StepBuffer(model.spec(), 1);
            float[] wanted = new float[2];
            float[] action = new float[1];
            data.readObservation(first, wanted);
            model.startAt(first).init(wanted, 1, state);
            for (int t = 0; t < STEPS; t++) {
                data.readAction(first + t, action);
                model.step(state, action, new ColumnKeys(1).resize(1).step(t), out);
                data.readNextObservation(first + t, wanted);
                assertThat(out.next().values()).containsExactly(wanted);
                state.copyFrom(out.next());
            }
            assertThat(state.tags()[0]).isEqualTo(OnPolicyCorrection.NO_REFERENCE);
        }
    }

    @Test
    void aConstantErrorCancelsForAnyAction() {
        LinearGaussianModel truth = system(0, false);
        var data = new TransitionStore(2, 1);
        float[] x = {0.5f, -1};
        var state = new ModelState(truth.spec(), 1);
        var out = new StepBuffer(truth.spec(), 1);
        truth.init(x, 1, state);
        truth.step(state, new float[] {0.2f}, new ColumnKeys(1).resize(1), out);
        data.add(x, new float[] {0.2f}, 0, out.next().values(), false, true);
        truth.init(new float[] {2, 3}, 1, state);
        truth.step(state, new float[] {-1}, new ColumnKeys(1).resize(1), out);

        var model = new OnPolicyCorrection(system(5, false), data).startAt(0);
        var corrected = new ModelState(model.spec(), 1);
        var step = new StepBuffer(model.spec(), 1);
        model.init(new float[] {2, 3}, 1, corrected);
        model.step(corrected, new float[] {-1}, new ColumnKeys(1).resize(1), step);

        for (int d = 0; d < 2; d++) assertThat(step.next().values()[d]).isCloseTo(out.next().values()[d], within(1e-5f));
    }

    @Test
    void behindTheReferenceTheModelStandsAsItIs() {
        var plain = system(0.3, false);
        var model = new OnPolicyCorrection(plain, episodes());
        var state = new ModelState(model.spec(), 2);
        var out = new StepBuffer(model.spec(), 2);
        model.init(new float[] {1, 1, 2, 2}, 2, state);
        model.place(state, new int[] {OnPolicyCorrection.NO_REFERENCE, STEPS - 1});
        model.step(state, new float[] {0, 0}, new ColumnKeys(2).resize(2), out);

        var alone = new StepBuffer(plain.spec(), 2);
        var inside = new ModelState(plain.spec(), 2);
        plain.init(new float[] {1, 1, 2, 2}, 2, inside);
        plain.step(inside, new float[] {0, 0}, new ColumnKeys(2).resize(2), alone);
        assertThat(out.next().values()[0]).isEqualTo(alone.next().values()[0]);
        assertThat(out.next().values()[1]).isNotEqualTo(alone.next().values()[1]);
        assertThat(out.next().tags()).containsExactly(-1, -1);
    }

    @Test
    void aRowThatIsNotThereIsRefused() {
        var model = new OnPolicyCorrection(system(0, false), episodes());
        assertThatThrownBy(() -> model.startAt(2 * STEPS)).hasMessageContaining("row is 12");
        assertThatThrownBy(() -> new OnPolicyCorrection(system(0, false), new TransitionStore(3, 1)))
                .hasMessageContaining("observationSize of reference is 3");
    }
}
