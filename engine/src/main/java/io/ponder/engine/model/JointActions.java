package io.ponder.engine.model;

/**
 * Capability of a model in which several players decide at once: an action of a {@link NodeKind#SIMULTANEOUS} node is a joint one, the
 * players' own actions in mixed radix, the last player's fastest. A joint action is legal where every part of it is.
 */
public interface JointActions {
    /** Returns the number of own actions of a player, from 0; their product over the players is at most the number of actions. */
    int ownActionCount(int player);
}
