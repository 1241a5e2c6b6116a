package io.ponder.worldmodels.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.RolloutGradient;
import io.ponder.worldmodels.WorldModelContract;
import io.ponder.worldmodels.linear.QuadraticValue;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DoubleIntegratorTest extends WorldModelContract {
    private static final double STEP = 0.1;
    private static final double[][] A = {{1, STEP}, {0, 1}};
    private static final double[][] B = {{STEP * STEP / 2}, {STEP}};
    private static final double[][] Q = {{1, 0}, {0, 0.1}};
    private static final double[][] R = {{0.01}};

    @Override
    protected WorldModel model() {
        return unbounded();
    }

    private static WorldModel unbounded() {
        return ExactTasks.linearQuadratic("double-integrator", LinearQuadratic.doubleIntegrator(Double.POSITIVE_INFINITY)).model();
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
    void optimalFeedbackEarnsTheClosedFormReturn() {
        double[][] gains = doubleIntegratorGains(50);
        assertThat(gains[0][0]).isCloseTo(7.6129579727, within(1e-9));
        assertThat(gains[0][1]).isCloseTo(4.5849349892, within(1e-9));
        WorldModel model = unbounded();
        var from = new StepBuffer(model.spec(), 1);
        var to = new StepBuffer(model.spec(), 1);
        var keys = new ColumnKeys(1).resize(1);
        model.init(new float[] {1, 0}, 1, from.next());

        double total = 0;
        for (int t = 0; t < 50; t++) {
            float[] x = from.next().values();
            float[] action = {(float) (-gains[t][0] * x[0] - gains[t][1] * x[1])};
            model.step(from.next(), action, keys.step(t), to);
            total += to.reward()[0];
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        // The rewards count the states after each step: the usual cost without that of x0, which is 1.
        assertThat(1 - total).isCloseTo(6.022540785821, within(1e-5));
    }

    @Test
    void gradientVanishesAtTheOptimalPlan() {
        int horizon = 50;
        double[][] gains = doubleIntegratorGains(horizon);
        var sequence = new float[horizon];
        double x = 1;
        double v = 0;
        for (int t = 0; t < horizon; t++) {
            double u = -gains[t][0] * x - gains[t][1] * v;
            sequence[t] = (float) u;
            x += STEP * v + STEP * STEP / 2 * u;
            v += STEP * u;
        }
        assertThat(sequence[0]).isCloseTo(-7.612958f, within(1e-5f));
        assertThat(sequence[1]).isCloseTo(-3.832681f, within(1e-5f));

        float[] atOptimum = rolloutGradient(sequence);
        sequence[3] += 0.1f;
        float[] beside = rolloutGradient(sequence);

        for (float entry : atOptimum) assertThat(entry).isCloseTo(0f, within(2e-5f));
        assertThat(beside[3]).isLessThan(-1e-3f);
    }

    @Test
    void riccatiRecursionMeetsTheKnownFixedPoint() {
        double[][] p = {{1, 0}, {0, 1}};
        double[] gain = new double[2];
        for (int i = 0; i < 200; i++) gain = riccatiStep(new double[][] {{1, 1}, {1, 0}}, new double[] {0, 1}, new double[] {1, 1}, 1, p);

        // Values of the discrete algebraic Riccati equation for A = [[1, 1], [1, 0]], B = [0, 1], Q = I, R = 1.
        assertThat(p[0][0]).isCloseTo(6.93244219, within(1e-8));
        assertThat(p[0][1]).isCloseTo(4.33224650, within(1e-8));
        assertThat(p[1][1]).isCloseTo(4.55193337, within(1e-8));
        assertThat(gain[0]).isCloseTo(1.6001956936, within(1e-9));
        assertThat(gain[1]).isCloseTo(0.7803131289, within(1e-9));

        // Without the cost of the state itself, -x' (P - Q) x is what the model earns under the gain: V(x) = reward + V(next).
        var system = new LinearQuadratic(new double[][] {{1, 1}, {1, 0}}, new double[][] {{0}, {1}}, new double[][] {{1, 0}, {0, 1}},
                new double[][] {{1}}, Double.POSITIVE_INFINITY);
        WorldModel model = ExactTasks.linearQuadratic("known", system).model();
        var state = new ModelState(model.spec(), 1);
        var out = new StepBuffer(model.spec(), 1);
        model.init(new float[] {0.5f, -1.5f}, 1, state);
        var action = new float[] {(float) (-gain[0] * 0.5 + gain[1] * 1.5)};
        model.step(state, action, new ColumnKeys(1).resize(1), out);
        var now = new float[1];
        var then = new float[1];
        var value = new QuadraticValue(new double[][] {{p[0][0] - 1, p[0][1]}, {p[1][0], p[1][1] - 1}});
        value.value(state, now);
        value.value(out.next(), then);
        assertThat(now[0]).isCloseTo(out.reward()[0] + then[0], within(1e-4f));
    }

    private static float[] rolloutGradient(float[] sequence) {
        WorldModel model = unbounded();
        var roots = new ModelState(model.spec(), 1);
        model.init(new float[] {1, 0}, 1, roots);
        var gradient = new float[sequence.length];
        new RolloutGradient(model, 1, sequence.length)
                .compute(roots, new ColumnKeys(1).resize(1), sequence, null, new float[1], gradient);
        return gradient;
    }

    private static double[][] doubleIntegratorGains(int horizon) {
        double[][] p = {{Q[0][0], 0}, {0, Q[1][1]}};
        var gains = new double[horizon][];
        for (int t = horizon - 1; t >= 0; t--) {
            gains[t] = riccatiStep(A, new double[] {B[0][0], B[1][0]}, new double[] {Q[0][0], Q[1][1]}, R[0][0], p);
        }
        return gains;
    }

    /** Replaces P by Q + A' P (A - B K) in place and returns K = (R + B' P B)^-1 B' P A. */
    private static double[] riccatiStep(double[][] a, double[] b, double[] q, double r, double[][] p) {
        var pb = new double[] {p[0][0] * b[0] + p[0][1] * b[1], p[1][0] * b[0] + p[1][1] * b[1]};
        double s = r + b[0] * pb[0] + b[1] * pb[1];
        var gain = new double[2];
        for (int j = 0; j < 2; j++) gain[j] = (pb[0] * a[0][j] + pb[1] * a[1][j]) / s;
        var closed = new double[2][2];
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) closed[i][j] = a[i][j] - b[i] * gain[j];
        var pc = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) pc[i][j] = p[i][0] * closed[0][j] + p[i][1] * closed[1][j];
        }
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) p[i][j] = (i == j ? q[i] : 0) + a[0][i] * pc[0][j] + a[1][i] * pc[1][j];
        }
        return gain;
    }
}
