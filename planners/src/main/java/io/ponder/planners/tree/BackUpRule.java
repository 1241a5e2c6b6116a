package io.ponder.planners.tree;

import org.jspecify.annotations.Nullable;

/**
 * Says how values travel up a tree, and what is learnt from them on the way.
 *
 * @param opponents      what the other players are taken to want, in a game with a value for each
 * @param simultaneous   how players choose where all decide at once, in a model that tells their own actions apart
 * @param proofs         bounds from which values are proven, or null to prove nothing
 * @param transpositions whether positions that are reached in several ways share a node; for known games
 */
public record BackUpRule(
        Opponents opponents, SimultaneousRule simultaneous, @Nullable ProofBounds proofs, boolean transpositions) {
    /** Everyone for himself, nothing proven, a node for every way to a position. */
    public static final BackUpRule DEFAULT = new BackUpRule(Opponents.SELFISH, RegretMatching.DEFAULT, null, false);

    /** Returns this rule with other opponents. */
    public BackUpRule withOpponents(Opponents newOpponents) {
        return new BackUpRule(newOpponents, simultaneous, proofs, transpositions);
    }

    /** Returns this rule with other choices where players decide at once. */
    public BackUpRule withSimultaneous(SimultaneousRule newSimultaneous) {
        return new BackUpRule(opponents, newSimultaneous, proofs, transpositions);
    }

    /** Returns this rule with other bounds from which values are proven; null to prove nothing. */
    public BackUpRule withProofs(@Nullable ProofBounds newProofs) {
        return new BackUpRule(opponents, simultaneous, newProofs, transpositions);
    }

    /** Returns this rule with or without shared nodes. */
    public BackUpRule withTranspositions(boolean newTranspositions) {
        return new BackUpRule(opponents, simultaneous, proofs, newTranspositions);
    }
}
