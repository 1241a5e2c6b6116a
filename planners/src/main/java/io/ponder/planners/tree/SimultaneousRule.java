package io.ponder.planners.tree;

/**
 * Says how the players choose where all decide at once. Each player has statistics of his own actions and knows nothing of
 * what the others choose this time (decoupled selection). Where what they chose together is forbidden, or not a number, the
 * joint action is drawn among the others. Immutable.
 */
@FunctionalInterface
public interface SimultaneousRule {
    /** Chooses and learns for all players, for one thread. Allocates nothing. */
    interface Players {
        /**
         * Returns an own action of a player, and counts it towards his average strategy.
         *
         * @param slot place of the node
         */
        int choose(int row, int slot, int player);

        /**
         * Learns from a simulation that went through a node.
         *
         * @param edge    the joint action that was taken
         * @param returns what followed, an entry a player. Not modified.
         */
        void learn(int row, int slot, int edge, float[] returns);
    }

    /**
     * Tells whether a player decides for the tried own action with the highest score, as a bandit does; by default he draws
     * from his average strategy, which an equilibrium needs.
     */
    default boolean decidesByScore() {
        return false;
    }

    /** Returns what plays in the trees of a search, which have statistics of own actions. */
    Players players(SearchContext context);
}
