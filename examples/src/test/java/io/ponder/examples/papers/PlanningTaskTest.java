package io.ponder.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.tensor.RandomStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanningTaskTest {
    private static final float STEP = 0.01f;
    /** Central differences of this step, in single precision. */
    private static final double DIFFERENCES = 2e-3;

    static List<PlanningTask> tasks() {
        return List.of(new MassChain(3, 5), new TrapTerrain(false));
    }

    /** Of cost and next state together, each weighed by a random cotangent; column 1 of two. */
    @ParameterizedTest
    @MethodSource("tasks")
    void derivativesAreThoseOfDifferences(PlanningTask task) {
        var random = new RandomStream(3, 1);
        int states = task.spec().stateSize();
        int actions = task.spec().actionSize();
        float[] state = normals(2 * states, random);
        float[] action = normals(2 * actions, random);
        float[] cotangent = normals(2 * states, random);
        float[] toState = new float[2 * states];
        float[] toAction = new float[2 * actions];
        task.backward(state, action, 2, 1, cotangent, 0.7, toState, toAction);

        for (int i = 0; i < states; i++) {
            double expected = difference(task, state, action, state, 2 * i + 1, cotangent);
            assertThat((double) toState[2 * i + 1]).isEqualTo(expected, within(DIFFERENCES));
        }
        for (int a = 0; a < actions; a++) {
            double expected = difference(task, state, action, action, 2 * a + 1, cotangent);
            assertThat((double) toAction[2 * a + 1]).isEqualTo(expected, within(DIFFERENCES));
        }
        assertThat(toState[0]).isZero();
    }

    private static double difference(
            PlanningTask task, float[] state, float[] action, float[] moved, int entry, float[] cotangent) {
        float held = moved[entry];
        moved[entry] = held + STEP;
        double above = weighed(task, state, action, cotangent);
        moved[entry] = held - STEP;
        double below = weighed(task, state, action, cotangent);
        moved[entry] = held;
        return (above - below) / (2 * STEP);
    }

    private static double weighed(PlanningTask task, float[] state, float[] action, float[] cotangent) {
        float[] next = new float[state.length];
        double sum = 0.7 * task.step(state, action, 2, 1, next);
        for (int i = 1; i < next.length; i += 2) sum += cotangent[i] * (double) next[i];
        return sum;
    }

    private static float[] normals(int count, RandomStream random) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) out[i] = (float) random.nextGaussian();
        return out;
    }
}
