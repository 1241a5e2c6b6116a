package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.WorldModel;

/** Says which actions a decision node of a tree has edges for. Immutable; {@link #proposer} makes what a thread uses. */
public interface ActionSource {
    /** Proposes the actions of new nodes. Allocates nothing once warm. */
    @FunctionalInterface
    interface Proposer {
        /**
         * Proposes actions for K columns; what it writes for chance and terminal columns is not read.
         *
         * @param states the new nodes' states. Not modified.
         * @param keys   random numbers of the columns, another stream than the model's
         * @param nodes  what the model said of them. Not modified.
         * @param out    logits and actions of the edges, resized to K. Modified.
         */
        void propose(ModelState states, ColumnKeys keys, NodeBuffer nodes, EdgeBuffer out);
    }

    /** Returns the edges E of a decision node. */
    int edges(ModelSpec spec);

    /** Tells whether edge i is action i of a discrete model, so that nothing needs to be proposed or kept. */
    default boolean listsAll() {
        return false;
    }

    /** Returns how many edges of a decision node, the first ones, are open after so many visits of it; all by default. */
    default int open(int edges, int visits) {
        return edges;
    }

    /**
     * Returns a proposer for one thread.
     *
     * @param model    the thread's fork
     * @param capacity columns at most
     */
    Proposer proposer(WorldModel model, int capacity);
}
