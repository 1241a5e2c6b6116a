package io.ponder.engine.game;

import io.ponder.engine.model.LeafEvaluator;

/**
 * Values one position of a known game without columns, exactly as {@link LeafEvaluator#evaluate} values the column that holds it.
 *
 * <p>One thread at a time; allocates nothing.
 */
public interface PositionEvaluator extends LeafEvaluator {
    /**
     * Writes what a position is worth to every player.
     *
     * @param position not terminal. Overwritten.
     * @param key0     first word of the key of the column
     * @param key1     second word
     * @param sample   sample number of the column
     * @param values   {@code [players]}. Modified.
     */
    void evaluate(int[] position, int key0, int key1, int sample, float[] values);

    @Override
    PositionEvaluator fork();
}
