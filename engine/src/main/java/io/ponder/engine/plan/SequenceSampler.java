package io.ponder.engine.plan;

/**
 * Makes action sequences where they are used: an executor asks for them block by block, right before the block is rolled out, from
 * whichever thread runs the block.
 */
@FunctionalInterface
public interface SequenceSampler {
    /**
     * Writes the sequences of some candidates of one row.
     *
     * <p>Safe for several threads on disjoint columns; what is written for a candidate depends on the row's key and the candidate's
     * number alone.
     *
     * @param request the request whose {@link RolloutRequest#actions} {@code [T x A x (B * K)]} are written. Modified.
     * @param row     the row, from 0 to B - 1
     * @param first   the first candidate of the row
     * @param count   number of candidates; candidate k of row b is column {@code b * K + k}
     */
    void sample(RolloutRequest request, int row, int first, int count);
}
