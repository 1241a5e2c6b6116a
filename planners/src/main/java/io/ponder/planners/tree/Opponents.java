package io.ponder.planners.tree;

/** Says what the players of a game with a value for each are taken to want. With one row of values it makes no difference. */
public enum Opponents {
    /** Each wants the most for himself: max-n (Luckhardt and Irani 1986). */
    SELFISH,
    /**
     * All others want the least for the player who moves at the root: paranoid search (Sturtevant and Korf 2000). The value
     * of a node where another one moves is the root player's with the sign turned.
     */
    PARANOID
}
