package io.ponder.engine.nn;

import java.util.Map;

/**
 * Moves parameters against their gradient; all in flat arrays.
 *
 * <p>A step allocates nothing. Not thread-safe.
 */
public interface Optimiser {
    /**
     * Makes one step.
     *
     * @param parameters   flat parameters. Modified.
     * @param gradient     derivative of the loss, laid out as the parameters; may be longer. Not modified.
     * @param learningRate learning rate of this step; see {@link LearningRate}
     */
    void step(float[] parameters, float[] gradient, double learningRate);

    /** Returns the number of steps made. */
    long steps();

    /** Sets the number of steps made, when a checkpoint is read. */
    void steps(long steps);

    /** Returns the state arrays by name, each laid out as the parameters: the live arrays, to be saved, or overwritten from a checkpoint. */
    Map<String, float[]> state();

    /** Forgets all steps. */
    void reset();
}
