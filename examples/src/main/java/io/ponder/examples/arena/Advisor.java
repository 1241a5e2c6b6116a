package io.ponder.examples.arena;

import io.ponder.engine.plan.TreeSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what it thinks of the moves at hand. An {@link Agent} that searches is one. */
public interface Advisor {
    /**
     * Is what is thought of one move.
     *
     * @param move      the action
     * @param visits    how often the search tried it
     * @param value     the return expected for the player who moves
     * @param variation how the game is expected to go on, {@code move} first
     * @param proven    whether the value is certain
     */
    record Advice(int move, long visits, double value, List<Integer> variation, boolean proven) {}

    /**
     * Returns what it thinks of the legal moves, the best first.
     *
     * @param position where {@code player} decides. Not modified.
     */
    List<Advice> advise(int[] position, int player, long key);

    /** Returns the often visited part of the tree behind the last {@link #advise}; null where there is no tree. */
    default @Nullable TreeSnapshot tree() {
        return null;
    }
}
