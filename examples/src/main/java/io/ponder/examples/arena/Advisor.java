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

    /**
     * Is a tree that can be shown.
     *
     * @param snapshot    the tree
     * @param leastVisits nodes below the root with fewer visits are left out; 1 where the tree is whole
     */
    record ShownTree(TreeSnapshot snapshot, int leastVisits) {}

    /**
     * Returns the tree behind the last {@link #advise}, until it is told to do something else; null where there is no tree. Of a large tree
     * only the nodes that were visited most.
     */
    default @Nullable ShownTree tree() {
        return null;
    }
}
