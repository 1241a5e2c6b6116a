package io.ponder.worldmodels.objective;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import java.util.Arrays;

/**
 * Weighs errors of a model by what they do to the value: VaGraM, the value-gradient weighted loss (Voelcker et al. 2022, "Value gradient
 * weighted model-based reinforcement learning", equation 8).
 *
 * <p>The value is expanded to first order around the next observation s' that happened, not around the prediction p:
 *
 * <pre>
 * TAYLOR    (grad V(s')' (p - s'))^2
 * DIAGONAL  sum over entries of (dV/ds'_d)^2 (p_d - s'_d)^2, its upper bound up to a factor; the loss of the paper
 * </pre>
 *
 * <p>Taylor's form is blind to every error across the gradient, so a fit drifts away from the data where the expansion holds no more;
 * the diagonal bound sees them all. The scale of values is arbitrary: gradients are divided by their root mean square over the data of
 * the fit. Nothing is clipped.
 *
 * <p>The state of the value function is the observation. One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class ValueGradientLoss implements PredictionLoss {
    /** Which form of the loss. */
    public enum Form {
        /** The square of the first-order change of the value. */
        TAYLOR,
        /** Every entry's squared error by itself. */
        DIAGONAL
    }

    private final ValueFunction value;
    private final Form form;
    private float inverseScale = 1;
    private ModelState state = new ModelState(ModelSpec.continuous(1, 1), 1);
    private float[] gradient = {};

    /**
     * Creates the loss.
     *
     * @param value a differentiable value of observations
     */
    public ValueGradientLoss(ValueFunction value, Form form) {
        if (!value.differentiable()) throw new IllegalArgumentException("The value function has no gradient, but this loss reads it.");
        this.value = value;
        this.form = form;
    }

    @Override
    public void prepare(float[] targets, int rows, int columns) {
        differentiate(targets, rows, Checks.positive("columns", columns));
        double squares = 0;
        for (int i = 0; i < rows * columns; i++) squares += (double) gradient[i] * gradient[i];
        double meanSquare = squares / ((double) rows * columns);
        inverseScale = meanSquare > 0 ? (float) (1 / Math.sqrt(meanSquare)) : 1;
    }

    private void differentiate(float[] targets, int rows, int columns) {
        if (state.stateSize() != rows || gradient.length < rows * columns) {
            state = new ModelState(ModelSpec.continuous(rows, 1), columns);
            gradient = new float[rows * columns];
        }
        System.arraycopy(targets, 0, state.resize(columns).values(), 0, rows * columns);
        value.gradient(state, gradient);
    }

    @Override
    public void compute(float[] prediction, float[] target, int rows, int columns, float[] loss, float[] cotangent) {
        differentiate(target, rows, columns);
        Arrays.fill(loss, 0, columns, 0);
        if (form == Form.TAYLOR) {
            projectErrors(prediction, target, rows, columns, loss, cotangent);
            return;
        }
        for (int d = 0; d < rows; d++) {
            for (int k = 0, i = d * columns; k < columns; k++, i++) {
                float slope = inverseScale * gradient[i];
                float weighted = slope * slope * (prediction[i] - target[i]);
                loss[k] += weighted * (prediction[i] - target[i]);
                cotangent[i] = 2 * weighted;
            }
        }
    }

    private void projectErrors(float[] prediction, float[] target, int rows, int columns, float[] loss, float[] cotangent) {
        for (int d = 0; d < rows; d++) {
            for (int k = 0, i = d * columns; k < columns; k++, i++) {
                loss[k] += inverseScale * gradient[i] * (prediction[i] - target[i]);
            }
        }
        for (int d = 0; d < rows; d++) {
            for (int k = 0, i = d * columns; k < columns; k++, i++) cotangent[i] = 2 * loss[k] * inverseScale * gradient[i];
        }
        for (int k = 0; k < columns; k++) loss[k] *= loss[k];
    }
}
