package io.ponder.worldmodels.objective;

/**
 * Scores predicted next observations and says how the score changes with them; what lies below the prediction is the learner's business.
 * Predictions and targets are in the units of the environment, whatever a network predicts inside (changes, standardised values).
 *
 * <p>One thread at a time; {@link #compute} allocates nothing once it has seen its largest batch.
 */
public interface PredictionLoss {
    /**
     * Called once before a fit with what is going to be fitted.
     *
     * @param targets next observations {@code [rows x columns]}. Not modified.
     */
    default void prepare(float[] targets, int rows, int columns) {}

    /**
     * Writes loss and derivative of every column.
     *
     * @param prediction {@code [rows x columns]}. Not modified.
     * @param target     what happened, {@code [rows x columns]}. Not modified.
     * @param loss       {@code [columns]}, at least 0. Modified.
     * @param cotangent  derivatives of the column's loss by the prediction, {@code [rows x columns]}. Modified.
     */
    void compute(float[] prediction, float[] target, int rows, int columns, float[] loss, float[] cotangent);
}
