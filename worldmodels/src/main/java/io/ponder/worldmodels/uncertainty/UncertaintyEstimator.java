package io.ponder.worldmodels.uncertainty;

/** Says how little an ensemble knows about each transition of a batch. More is less known. Stateless, safe for several threads. */
@FunctionalInterface
public interface UncertaintyEstimator {
    /**
     * Writes a score for every column.
     *
     * @param forecast K columns. Not modified.
     * @param out      {@code [K]}. Modified.
     */
    void score(Forecast forecast, float[] out);
}
