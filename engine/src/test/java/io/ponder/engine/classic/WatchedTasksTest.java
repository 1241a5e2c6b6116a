package io.ponder.engine.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The reacher and the obstacles against what mechanics and geometry say of them. */
final class WatchedTasksTest {
    private static final float ROUNDING = 1e-5f;

    private final float[] reward = new float[2];
    private final float[] discount = new float[2];

    private float[] step(BatchedTask task, float[] state, float... action) {
        float[] next = new float[state.length];
        task.step(state, action, state.length / task.stateSize(), next, reward, discount, task.newScratch(2));
        return next;
    }

    @Test
    void anArmAtRestStaysAndPaysTheDistanceOfItsTip() {
        float[] state = {0, (float) Math.PI / 2, 0, 0, 0.5f, -0.5f};
        float[] next = step(new ReacherBatch(), state, 0, 0);

        assertThat(next).containsExactly(state);
        // The tip is at (1/2, 1/2).
        assertThat(reward[0]).isCloseTo(-1, within(ROUNDING));
        assertThat(discount[0]).isEqualTo(1);
    }

    /** With the elbow stretched and everything at rest the rates change by the inverse mass matrix times the torques. */
    @Test
    void firstStepsOfAStretchedArmAreThoseOfItsMassMatrix() {
        float[] next = step(new ReacherBatch(), new float[] {0, 0, 0, 0, 0, 0}, 0.6f, 0);

        // Two rods of mass 1 and length 1/2 about the shoulder: (2 * 1/2)^2 * 2 / 3 = 2/3 stretched; coupling 1/12 + 1/8; second 1/12.
        double shoulder = 2 / 3.0;
        double both = 1 / 12.0 + 1 / 8.0;
        double elbow = 1 / 12.0;
        double determinant = shoulder * elbow - both * both;
        double rate = 0.05 * 0.6 * elbow / determinant;
        double second = -0.05 * 0.6 * both / determinant;
        // Friction and the second half step change the rates by up to a tenth.
        assertThat((double) next[2]).isCloseTo(rate, within(0.12 * rate));
        assertThat((double) next[3]).isCloseTo(second, within(0.12 * -second));
    }

    @Test
    void aColumnOfABlockIsTheSameAlone() {
        float[] block = {0.1f, 0.4f, -1, 2, 3, -2, 0.5f, 1, 0.3f, 0.3f, 0.2f, -0.7f};
        float[] next = step(new ReacherBatch(), block, 0.3f, -5, 1, 0.2f);
        float together = reward[1];
        float[] alone = step(new ReacherBatch(), new float[] {0.4f, 2, -2, 1, 0.3f, -0.7f}, -5, 0.2f);

        assertThat(reward[0]).isEqualTo(together);
        for (int d = 0; d < 6; d++) assertThat(alone[d]).isEqualTo(next[2 * d + 1]);
    }

    @Test
    void obstaclesCostByDepthAndTheGoalByDistance() {
        var task = new ObstaclesBatch(new float[] {0, 0, 0.5f}, 3, 0);
        step(task, new float[] {0.4f, -1, 0, 0, 0, 0, 0, 0}, 0, 0, 0, 0);

        // 0.2 deep within radius and margin; the other is well outside.
        assertThat(reward[0]).isCloseTo(-2.6f - 40 * 0.2f * 0.2f, within(1e-4f));
        assertThat(reward[1]).isCloseTo(-4, within(ROUNDING));
    }

    @Test
    void forcesBeyondTheBoundsCountAsTheBounds() {
        float[] next = step(ObstaclesBatch.standard(), new float[] {-0.9f, -0.9f, 0, 0}, 7, -1);

        assertThat(next[2]).isCloseTo(0.1f, within(ROUNDING));
        assertThat(next[3]).isCloseTo(-0.1f, within(ROUNDING));
        assertThat(next[0]).isCloseTo(-0.895f, within(ROUNDING));
    }
}
