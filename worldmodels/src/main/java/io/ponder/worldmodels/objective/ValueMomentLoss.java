package io.ponder.worldmodels.objective;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import java.util.Arrays;

/**
 * Asks that a model predicts the value of the next observation, whatever else it gets wrong: the moment-matching loss of LAMPS-MM
 * (Vemula et al. 2023, "The virtues of laziness in model-based RL", section 4.2), the mean over a history of value functions of
 * (V(s') - V(p))^2, each divided by the mean square of its gradient over the data, since the scale of values is arbitrary.
 *
 * <p>The history is what keeps it stable: matched under the newest value alone, a model forgets what the policies before taught it. The
 * loss is not convex; fit from the last weights, and put a share of the plain error beside it.
 *
 * <p>The state of a value function is the observation. One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class ValueMomentLoss implements PredictionLoss {
    private final ValueHistory history;
    private ValueFunction[] values = {};
    private double[] inverseScales = {};
    private ModelState predicted = new ModelState(ModelSpec.continuous(1, 1), 1);
    private ModelState happened = predicted;
    private float[] predictedValue = {};
    private float[] happenedValue = {};
    private float[] gradient = {};

    /**
     * Creates the loss.
     *
     * @param history at least one value function, all differentiable, by the time of a fit; the caller goes on adding to it, and
     *                {@link #prepare} takes what is there
     */
    public ValueMomentLoss(ValueHistory history) {
        this.history = history;
    }

    @Override
    public void prepare(float[] targets, int rows, int columns) {
        Checks.positive("value functions in the history", history.size());
        reserve(rows, columns);
        System.arraycopy(targets, 0, happened.resize(columns).values(), 0, rows * columns);
        values = new ValueFunction[history.size()];
        inverseScales = new double[values.length];
        for (int v = 0; v < values.length; v++) {
            values[v] = history.get(v);
            values[v].gradient(happened, gradient);
            double squares = 0;
            for (int i = 0; i < rows * columns; i++) squares += (double) gradient[i] * gradient[i];
            double meanSquare = squares / columns;
            inverseScales[v] = meanSquare > 0 ? 1 / meanSquare : 1;
        }
    }

    private void reserve(int rows, int columns) {
        if (predicted.stateSize() == rows && gradient.length >= rows * columns) return;
        predicted = new ModelState(ModelSpec.continuous(rows, 1), columns);
        happened = new ModelState(ModelSpec.continuous(rows, 1), columns);
        predictedValue = new float[columns];
        happenedValue = new float[columns];
        gradient = new float[rows * columns];
    }

    @Override
    public void compute(float[] prediction, float[] target, int rows, int columns, float[] loss, float[] cotangent) {
        Checks.positive("value functions taken by prepare", values.length);
        reserve(rows, columns);
        System.arraycopy(prediction, 0, predicted.resize(columns).values(), 0, rows * columns);
        System.arraycopy(target, 0, happened.resize(columns).values(), 0, rows * columns);
        Arrays.fill(loss, 0, columns, 0);
        Arrays.fill(cotangent, 0, rows * columns, 0);
        for (int v = 0; v < values.length; v++) {
            ValueFunction value = values[v];
            value.value(predicted, predictedValue);
            value.value(happened, happenedValue);
            value.gradient(predicted, gradient);
            float share = (float) (inverseScales[v] / values.length);
            for (int k = 0; k < columns; k++) {
                float error = predictedValue[k] - happenedValue[k];
                loss[k] += share * error * error;
                happenedValue[k] = 2 * share * error;
            }
            for (int d = 0; d < rows; d++) {
                for (int k = 0, i = d * columns; k < columns; k++, i++) cotangent[i] += happenedValue[k] * gradient[i];
            }
        }
    }
}
