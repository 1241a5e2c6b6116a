package io.ponder.worldmodels.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import io.ponder.worldmodels.linear.QuadraticValue;
import io.ponder.worldmodels.objective.ValueGradientLoss.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PredictionLossTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 7;
    private static final QuadraticValue VALUE = new QuadraticValue(new double[][] {{1, 0.5, 0}, {0.2, 2, 0}, {0, 0, 0}});
    private static final QuadraticValue OTHER = new QuadraticValue(new double[][] {{0, 0, 1}, {0, 1, 0}, {0, 0, 3}});

    private final float[] target = block(1);
    private final float[] prediction = block(2);
    private final float[] loss = new float[COLUMNS];
    private final float[] cotangent = new float[ROWS * COLUMNS];

    private static float[] block(long seed) {
        var random = new Random(seed);
        var block = new float[ROWS * COLUMNS];
        for (int i = 0; i < block.length; i++) block[i] = (float) random.nextGaussian();
        return block;
    }

    private void compute(PredictionLoss made) {
        made.prepare(target, ROWS, COLUMNS);
        made.compute(prediction, target, ROWS, COLUMNS, loss, cotangent);
    }

    /** V(x) = a'x. */
    private static ValueFunction linear(float... a) {
        return new ValueFunction() {
            @Override
            public void value(ModelState state, float[] out) {
                Arrays.fill(out, 0, state.columns(), 0);
                for (int i = 0; i < a.length * state.columns(); i++) out[i % state.columns()] += a[i / state.columns()] * state.values()[i];
            }

            @Override
            public boolean differentiable() {
                return true;
            }

            @Override
            public void gradient(ModelState state, float[] out) {
                for (int i = 0; i < a.length * state.columns(); i++) out[i] = a[i / state.columns()];
            }
        };
    }

    /** With a linear value, divided by its slope, all of them are the square of the error. */
    @Test
    void oneRowOfOneEntryIsEnough() {
        List<PredictionLoss> losses = List.of(new ValueGradientLoss(linear(2), Form.DIAGONAL), new ValueGradientLoss(linear(2), Form.TAYLOR),
                new ValueMomentLoss(new ValueHistory(1).add(linear(2))));
        for (PredictionLoss made : losses) {
            made.prepare(new float[] {1}, 1, 1);
            made.compute(new float[] {4}, new float[] {1}, 1, 1, loss, cotangent);
            assertThat(loss[0]).isEqualTo(9);
            assertThat(cotangent[0]).isEqualTo(6);
        }
    }

    @Test
    void derivativesAreThoseOfTheLoss() {
        List<PredictionLoss> losses = List.of(new ValueGradientLoss(VALUE, Form.DIAGONAL), new ValueGradientLoss(VALUE, Form.TAYLOR),
                new ValueMomentLoss(new ValueHistory(5).add(VALUE).add(OTHER)));
        for (PredictionLoss made : losses) {
            compute(made);
            float[] derivative = cotangent.clone();
            for (int i = 0; i < prediction.length; i++) {
                float before = prediction[i];
                prediction[i] = before + 1e-2f;
                made.compute(prediction, target, ROWS, COLUMNS, loss, cotangent);
                double above = loss[i % COLUMNS];
                prediction[i] = before - 1e-2f;
                made.compute(prediction, target, ROWS, COLUMNS, loss, cotangent);
                double difference = (above - loss[i % COLUMNS]) / 2e-2;
                prediction[i] = before;
                assertThat(difference).isCloseTo(derivative[i], within(2e-3 * (1 + Math.abs(difference))));
            }
        }
    }

    @Test
    void aLinearValueMakesTaylorTheMomentAndTheDiagonalItsBound() {
        ValueFunction value = linear(1, -2, 0.5f);
        compute(new ValueMomentLoss(new ValueHistory(1).add(value)));
        float[] moment = loss.clone();
        compute(new ValueGradientLoss(value, Form.TAYLOR));
        float[] taylor = loss.clone();
        compute(new ValueGradientLoss(value, Form.DIAGONAL));

        for (int k = 0; k < COLUMNS; k++) {
            // The one divides by the mean square of an entry, the other by that of the whole gradient.
            assertThat(taylor[k]).isCloseTo(ROWS * moment[k], within(1e-3f * (1 + taylor[k])));
            assertThat(taylor[k]).isLessThanOrEqualTo(ROWS * loss[k] * 1.0001f);
        }
    }

    @Test
    void theScaleOfTheValueDoesNotMatter() {
        var thousandfold = new QuadraticValue(new double[][] {{1000, 500, 0}, {200, 2000, 0}, {0, 0, 0}});
        compute(new ValueGradientLoss(VALUE, Form.DIAGONAL));
        float[] gradient = loss.clone();
        compute(new ValueMomentLoss(new ValueHistory(1).add(VALUE)));
        float[] moment = loss.clone();

        compute(new ValueGradientLoss(thousandfold, Form.DIAGONAL));
        for (int k = 0; k < COLUMNS; k++) assertThat(loss[k]).isCloseTo(gradient[k], within(1e-3f * (1 + gradient[k])));
        compute(new ValueMomentLoss(new ValueHistory(1).add(thousandfold)));
        for (int k = 0; k < COLUMNS; k++) assertThat(loss[k]).isCloseTo(moment[k], within(1e-3f * (1 + moment[k])));
    }

    @Test
    void whatTheValueIgnoresCostsNothing() {
        System.arraycopy(target, 0, prediction, 0, 2 * COLUMNS);
        for (Form form : Form.values()) {
            compute(new ValueGradientLoss(VALUE, form));
            assertThat(loss).containsOnly(0);
        }
        compute(new ValueMomentLoss(new ValueHistory(1).add(VALUE)));
        assertThat(loss).containsOnly(0);
    }

    @Test
    void aHistoryKeepsTheNewest() {
        var history = new ValueHistory(2).add(VALUE).add(OTHER).add(VALUE);
        assertThat(history.size()).isEqualTo(2);
        assertThat(history.get(0)).isSameAs(OTHER);
        assertThat(history.get(1)).isSameAs(VALUE);
    }
}
