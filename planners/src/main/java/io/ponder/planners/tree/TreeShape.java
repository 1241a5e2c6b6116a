package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * States what a node of a tree holds.
 *
 * @param actionCount edges of a decision node, at least 1
 * @param chanceCount edges of a chance node, 0 where there are none
 * @param players     values of a node
 * @param stateSize   float rows of a state
 * @param tagSize     integer rows of a state
 * @param actionSize  entries of an edge's action, 0 where the action is the edge's index
 */
record TreeShape(int actionCount, int chanceCount, int players, int stateSize, int tagSize, int actionSize) {
    /** Edges of a node at most: the kernels count them in 16 bits. */
    private static final int MOST_EDGES = 65_535;

    TreeShape {
        Checks.inRange("actionCount", actionCount, 1, MOST_EDGES);
        Checks.inRange("chanceCount", chanceCount, 0, MOST_EDGES);
        Checks.inRange("players", players, 1, Byte.MAX_VALUE);
    }

    int width() {
        return Math.max(actionCount, chanceCount);
    }
}
