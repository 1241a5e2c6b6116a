package io.ponder.worldmodels.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rewards and terminations from observations agree with those of the exact models. */
final class TaskRewardTest {
    private static final int COLUMNS = 2000;

    static Iterable<String> names() {
        return ExactTasks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void rewardAndTerminationOfObservationsEqualTheModels(String name) {
        ExactTask task = ExactTasks.find(name);
        WorldModel model = task.model();
        var observer = model.as(ObservationModel.class);
        assertThat(observer).isNotNull();
        var random = new Random(4);
        var state = new ModelState(model.spec(), COLUMNS).resize(COLUMNS);
        double[] range = switch (name) {
            case "cartpole-v1", "cartpole-continuous" -> new double[] {2.6, 2, 0.25, 2};
            case "mountaincar-v0", "mountaincarcontinuous-v0" -> new double[] {0.6, 0.07};
            default -> new double[] {3, 3, 3, 3};
        };
        for (int i = 0; i < model.spec().stateSize() * COLUMNS; i++) {
            state.values()[i] = (float) (range[i / COLUMNS] * (2 * random.nextDouble() - 1));
        }
        var actions = new float[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            actions[k] = task.actionCount() > 0
                    ? random.nextInt(task.actionCount())
                    : (float) (1.2 * task.actionHigh()[0] * (2 * random.nextDouble() - 1));
        }
        var before = new float[model.spec().observationSize() * COLUMNS];
        var after = new float[before.length];
        var out = new StepBuffer(model.spec(), COLUMNS);
        model.step(state, actions, new ColumnKeys(COLUMNS).resize(COLUMNS), out);
        observer.observe(state, before);
        observer.observe(out.next(), after);

        var reward = new float[COLUMNS];
        var discount = new float[COLUMNS];
        Arrays.fill(discount, 1);
        task.reward().reward(before, actions, after, COLUMNS, reward);
        if (task.termination() != null) task.termination().terminate(before, actions, after, COLUMNS, discount);

        int ended = 0;
        int different = 0;
        for (int k = 0; k < COLUMNS; k++) {
            if (discount[k] == 0) ended++;
            if (discount[k] != out.discount()[k]) different++;
            else assertThat(reward[k]).isCloseTo(out.reward()[k], within(2e-5f * (1 + Math.abs(out.reward()[k]))));
        }
        // Rounding of an observed angle may move a state across a limit, hardly ever.
        assertThat(different).isLessThanOrEqualTo(1);
        if (task.termination() != null) assertThat(ended).isBetween(10, COLUMNS - 10);
        else assertThat(ended).isZero();
    }

    @Test
    void planeAngleEqualsTheArcTangentOnTheWholePlane() {
        double worst = 0;
        for (int i = 0; i < 20_000; i++) {
            double angle = -Math.PI + 2 * Math.PI * i / 20_000;
            for (double radius : new double[] {1e-20, 0.3, 1, 1e15}) {
                float x = (float) (radius * Math.cos(angle));
                float y = (float) (radius * Math.sin(angle));
                worst = Math.max(worst, Math.abs(PlaneAngle.size(x, y) - Math.abs(Math.atan2(y, x))));
            }
        }
        assertThat(worst).isLessThan(5e-7);
        assertThat(PlaneAngle.size(0, 0)).isZero();
        assertThat(PlaneAngle.size(-1, 0)).isEqualTo((float) Math.PI);
        assertThat(PlaneAngle.size(Float.NaN, 1)).isNaN();
    }

    @Test
    void namesAreFoundWhateverTheirCaseAndUnknownOnesListed() {
        assertThat(ExactTasks.find("PENDULUM-V1").name()).isEqualTo("Pendulum-v1");
        assertThatThrownBy(() -> ExactTasks.find("walker"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("walker")
                .hasMessageContaining("cartpole-swingup")
                .hasMessageContaining("Maybe");
    }
}
