package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.LambdaModel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModelErrorCurveTest {
    /** Two entries that move by the action and by twice the action; episodes of 12 and one too short of 3. */
    private static TransitionStore store() {
        var store = new TransitionStore(2, 1);
        var random = new SplittableRandom(3);
        for (int length : new int[] {12, 3, 12}) {
            float x = (float) random.nextDouble();
            float y = (float) random.nextDouble();
            for (int t = 0; t < length; t++) {
                float u = (float) (random.nextDouble() - 0.5);
                store.add(new float[] {x, y}, new float[] {u}, u, new float[] {x + u, y + 2 * u}, false, t + 1 == length);
                x += u;
                y += 2 * u;
            }
        }
        return store;
    }

    private static LambdaModel model(float driftOfX) {
        return LambdaModel.of(2, 1, (observation, action, next) -> {
            next[0] = observation[0] + action[0] + driftOfX;
            next[1] = observation[1] + 2 * action[0];
            return action[0];
        });
    }

    @Test
    void theTrueModelHasNoError() {
        ModelErrorCurve curve = ModelErrorCurve.measure(model(0), store(), 5, 1, 1000, 1);

        assertThat(curve.starts()).isEqualTo(16);
        for (double error : curve.error()) assertThat(error).isLessThan(1e-6);
    }

    @Test
    void aDriftGrowsLinearlyInTheEntryThatDrifts() {
        ModelErrorCurve curve = ModelErrorCurve.measure(model(0.1f), store(), 5, 3, 1000, 1);

        double unit = curve.errorByEntry()[0][0];
        for (int t = 0; t < 5; t++) {
            assertThat(curve.errorByEntry()[0][t]).isCloseTo((t + 1) * unit, within(1e-5));
            assertThat(curve.errorByEntry()[1][t]).isLessThan(1e-6);
            assertThat(curve.error()[t]).isCloseTo((t + 1) * unit / Math.sqrt(2), within(1e-5));
        }
        // One step is 0.1 of the entry, in units of the entry's standard deviation, which is of the order of one.
        assertThat(unit).isBetween(0.05, 1.0);
    }

    @Test
    void startsAreThinnedEvenly() {
        assertThat(ModelErrorCurve.measure(model(0), store(), 5, 1, 7, 1).starts()).isEqualTo(7);
    }

    @Test
    void aHorizonBeyondEveryEpisodeIsRefused() {
        assertThatThrownBy(() -> ModelErrorCurve.measure(model(0), store(), 13, 1, 7, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("horizon is 13")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void imaginedTrajectoryFollowsTheRealOneUnderTheTrueModel() {
        TransitionStore store = store();
        ImaginedTrajectory trajectory = ImaginedTrajectory.along(model(0.1f), store, 15, 12, 4, 1);

        float[] last = new float[2];
        store.readNextObservation(26, last);
        assertThat(trajectory.real()[1][12]).isEqualTo(last[1]);
        assertThat(trajectory.mean()[1][12]).isCloseTo(last[1], within(1e-5));
        assertThat(trajectory.mean()[0][12]).isCloseTo(last[0] + 1.2, within(1e-5));
        assertThat(trajectory.low()[0][12]).isEqualTo(trajectory.high()[0][12]);
        assertThat(trajectory.imaginedReward()[11]).isCloseTo(trajectory.realReward()[11], within(1e-6));
        assertThat(trajectory.real()[0]).hasSize(13);
    }

    @Test
    void percentilesAreThoseOfTheParticles() {
        // Particle p of the test model moves by its sample number, so ten particles end at 0, 1, ..., 9.
        var spreading = new SpreadingModel();
        var store = new TransitionStore(1, 1);
        store.add(new float[1], new float[1], 0, new float[1], false, true);

        ImaginedTrajectory trajectory = ImaginedTrajectory.along(spreading, store, 0, 1, 10, 1);

        assertThat(trajectory.low()[0][1]).isZero();
        assertThat(trajectory.high()[0][1]).isEqualTo(8);
        assertThat(trajectory.mean()[0][1]).isEqualTo(4.5);
    }

    @Test
    void stepsBeyondTheEpisodeAreRefused() {
        assertThatThrownBy(() -> ImaginedTrajectory.along(model(0), store(), 14, 2, 1, 1)).hasMessageContaining("steps is 2");
    }
}
