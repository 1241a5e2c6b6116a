package io.ponder.worldmodels.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.WorldModelContract;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinearGaussianModelTest extends WorldModelContract {
    private static final double[][] A = {{0.9, 0.2, 0}, {0, 0.8, 0.1}, {-0.1, 0, 0.7}};
    private static final double[][] B = {{0.5, 0}, {0, 1}, {0.3, -0.2}};
    private static final double[] BIAS = {0.1, -0.2, 0.3};
    private static final double[][] COVARIANCE = {{0.04, 0.012, 0}, {0.012, 0.09, -0.02}, {0, -0.02, 0.0625}};

    @Override
    protected WorldModel model() {
        return new LinearGaussianModel(A, B, BIAS, COVARIANCE, true);
    }

    @Override
    protected float[] observation(Random random) {
        return new float[] {(float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()};
    }

    @Override
    protected float[] action(Random random) {
        return new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
    }

    @Test
    void sampledStepsHaveTheStatedMeanAndCovariance() {
        int columns = 40_000;
        var model = new LinearGaussianModel(A, B, BIAS, COVARIANCE, true);
        var observations = new float[3 * columns];
        java.util.Arrays.fill(observations, 0, columns, 1);
        var state = new ModelState(model.spec(), columns);
        var out = new StepBuffer(model.spec(), columns);
        var keys = new ColumnKeys(columns).resize(columns).step(7);
        keys.set(0, columns, 42, 0);
        model.init(observations, columns, state);

        model.step(state, new float[2 * columns], keys, out);

        float[] next = out.next().values();
        double[] expected = {1.0, -0.2, 0.2};
        for (int i = 0; i < 3; i++) {
            // Five standard errors.
            assertThat(mean(next, i, columns)).isCloseTo(expected[i], within(5 * Math.sqrt(COVARIANCE[i][i] / columns)));
            for (int j = 0; j < 3; j++) {
                double error = Math.sqrt((COVARIANCE[i][i] * COVARIANCE[j][j] + COVARIANCE[i][j] * COVARIANCE[i][j]) / columns);
                assertThat(covariance(next, i, j, columns)).isCloseTo(COVARIANCE[i][j], within(5 * error));
            }
        }
    }

    @Test
    void ridgeFitFindsTheSystemBack() {
        TransitionStore data = simulate(4000, 0);

        LinearGaussianModel fitted = LinearGaussianFit.fit(data, 1e-6);

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat((double) fitted.transition(i, j)).isCloseTo(A[i][j], within(0.05));
                assertThat(fitted.covariance(i, j)).isCloseTo(COVARIANCE[i][j], within(0.01));
            }
            for (int j = 0; j < 2; j++) assertThat((double) fitted.control(i, j)).isCloseTo(B[i][j], within(0.03));
            assertThat((double) fitted.bias(i)).isCloseTo(BIAS[i], within(0.03));
        }
    }

    @Test
    void fitOfNoiselessDataIsExactToFloat() {
        LinearGaussianModel fitted = LinearGaussianFit.fit(simulate(200, 1), 0);

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) assertThat((double) fitted.transition(i, j)).isCloseTo(A[i][j], within(2e-6));
        }
    }

    @Test
    void inputsThatDependOnEachOtherNeedARidge() {
        var data = new TransitionStore(2, 1);
        var random = new Random(3);
        for (int i = 0; i < 50; i++) {
            float x = (float) random.nextGaussian();
            data.add(new float[] {x, 2 * x}, new float[] {0.5f}, 0, new float[] {x, x}, false, false);
        }

        assertThatThrownBy(() -> LinearGaussianFit.fit(data, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe set ridge");
        LinearGaussianModel fitted = LinearGaussianFit.fit(data, 1e-4);
        // Only the sum along (1, 2) is determined; the action never changed, so it has no effect.
        assertThat(fitted.transition(0, 0) + 2 * fitted.transition(0, 1)).isCloseTo(1f, within(1e-3f));
        assertThat(fitted.control(0, 0)).isZero();
    }

    @Test
    void singularCovariancesAreAllowedAndImpossibleOnesRefused() {
        double[][] singular = {{1, 1, 0}, {1, 1, 0}, {0, 0, 0}};
        var model = new LinearGaussianModel(A, B, BIAS, singular, true);
        assertThat(model.covariance(0, 1)).isCloseTo(1, within(1e-6));
        assertThat(model.covariance(2, 2)).isZero();

        double[][] impossible = {{1, 2, 0}, {2, 1, 0}, {0, 0, 1}};
        assertThatThrownBy(() -> new LinearGaussianModel(A, B, BIAS, impossible, true)).hasMessageContaining("semi-definite");
    }

    /** Simulates in double with the noise of the model, or without. */
    private static TransitionStore simulate(int steps, int withoutNoise) {
        double[][] root = SemidefiniteRoot.of(COVARIANCE);
        var random = new Random(11);
        var data = new TransitionStore(3, 2);
        var x = new double[3];
        for (int t = 0; t < steps; t++) {
            var u = new double[] {random.nextGaussian(), random.nextGaussian()};
            var z = new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            var next = new double[3];
            for (int i = 0; i < 3; i++) {
                next[i] = BIAS[i] + B[i][0] * u[0] + B[i][1] * u[1];
                for (int j = 0; j < 3; j++) next[i] += A[i][j] * x[j] + (withoutNoise == 0 ? root[i][j] * z[j] : 0);
            }
            data.add(floats(x), floats(u), 0, floats(next), false, false);
            x = next;
        }
        return data;
    }

    private static float[] floats(double[] values) {
        var copy = new float[values.length];
        for (int i = 0; i < values.length; i++) copy[i] = (float) values[i];
        return copy;
    }

    private static double mean(float[] x, int row, int columns) {
        double sum = 0;
        for (int k = 0; k < columns; k++) sum += x[row * columns + k];
        return sum / columns;
    }

    private static double covariance(float[] x, int i, int j, int columns) {
        double mi = mean(x, i, columns);
        double mj = mean(x, j, columns);
        double sum = 0;
        for (int k = 0; k < columns; k++) sum += (x[i * columns + k] - mi) * (x[j * columns + k] - mj);
        return sum / columns;
    }
}
