package io.ponder.engine.model;

/** A known end of episodes, computed for a batch. Stateless, safe for several threads. */
@FunctionalInterface
public interface TerminationFunction {
    /**
     * Multiplies {@code discount} by 0 where a transition ends the episode and leaves it elsewhere.
     *
     * @param observations     {@code [observationSize x columns]}, before the step. Not modified.
     * @param actions          {@code [actionSize x columns]}. Not modified.
     * @param nextObservations {@code [observationSize x columns]}, after the step. Not modified.
     * @param discount         {@code [columns]}. Modified.
     */
    void terminate(float[] observations, float[] actions, float[] nextObservations, int columns, float[] discount);
}
