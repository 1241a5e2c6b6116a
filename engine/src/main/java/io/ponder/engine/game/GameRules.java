package io.ponder.engine.game;

/**
 * Capability of a model that imagines with the exact rules of a game and nothing else: a search of a few trees may then work on
 * positions itself, without columns, and finds the same.
 *
 * <p>A state's tags are the position and, behind it, the player from whose side it is seen: who decides there, or who decided last where
 * chance moves or the game is over. All legal actions have the same logit.
 */
public interface GameRules {
    /** Returns the game. */
    Game game();

    /**
     * Tells whether rewards and values have one row a player, with a discount of 1; otherwise there is one row, that of the player who
     * sees the position, and the discount is -1 where the side changes. A transition that ends the game has discount 0.
     */
    boolean perPlayer();
}
