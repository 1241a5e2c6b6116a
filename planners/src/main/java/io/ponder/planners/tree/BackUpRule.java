package io.ponder.planners.tree;

import org.jspecify.annotations.Nullable;

/**
 * Says how values travel up a tree.
 *
 * @param opponents      what the other players are taken to want, in a game with a value for each
 * @param proofs         bounds from which values are proven, or null to prove nothing
 * @param transpositions whether positions that are reached in several ways share a node; for known games
 */
public record BackUpRule(Opponents opponents, @Nullable ProofBounds proofs, boolean transpositions) {
    /** Everyone for himself, nothing proven, a node for every way to a position. */
    public static final BackUpRule DEFAULT = new BackUpRule(Opponents.SELFISH, null, false);

    /** Returns this rule with other opponents. */
    public BackUpRule withOpponents(Opponents newOpponents) {
        return new BackUpRule(newOpponents, proofs, transpositions);
    }

    /** Returns this rule with other bounds from which values are proven; null to prove nothing. */
    public BackUpRule withProofs(@Nullable ProofBounds newProofs) {
        return new BackUpRule(opponents, newProofs, transpositions);
    }

    /** Returns this rule with or without shared nodes. */
    public BackUpRule withTranspositions(boolean newTranspositions) {
        return new BackUpRule(opponents, proofs, newTranspositions);
    }
}
