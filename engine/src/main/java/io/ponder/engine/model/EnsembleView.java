package io.ponder.engine.model;

/**
 * Capability: an ensemble of Gaussian one-step predictors, each member on its own. Trajectory sampling, uncertainty penalties and
 * exploration bonuses read it.
 *
 * <p>The predicted vector has {@link #targetSize} entries: the next observation, followed by the reward where it is learned.
 */
public interface EnsembleView {
    /** Returns the number of members E. */
    int members();

    /** Returns the number of predicted entries D. */
    int targetSize();

    /**
     * Predicts every column with one member of its own.
     *
     * @param member       {@code [columns]}, each from 0 to {@code members() - 1}. Not modified.
     * @param observations {@code [observationSize x columns]}. Not modified.
     * @param actions      {@code [actionSize x columns]}. Not modified.
     * @param out          {@code [D x columns]}. Modified.
     */
    void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out);

    /**
     * Predicts every column with every member.
     *
     * @param out {@code [E x D x columns]}. Modified.
     */
    void predictAll(float[] observations, float[] actions, int columns, Prediction out);
}
