package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Lets a search prove values: a node keeps bounds of its exact value, which start from here, become exact where the episode
 * ends, and are carried up. Sound where the model's transitions, rewards and ends are exact; with random chance too, to
 * float32 rounding.
 *
 * <p>An edge that cannot be better than another is not taken again; a proven node is not searched below; a proven root ends
 * its search. At the root an edge that is proven, but perhaps not the best, goes on to be chosen by the root's rule: each
 * such visit is counted at once, and the simulation takes an edge that is not proven, so that a root can have more visits
 * than simulations. This is MCTS-Solver (Winands, Bjornsson and Saito 2008) in the form of score bounds (Cazenave and
 * Saffidine 2010), for several players too.
 *
 * @param least   smallest return that can follow any position, for any player
 * @param largest largest return, greater than {@code least}
 */
public record ProofBounds(float least, float largest) {
    /** Bounds of games that are won with 1, lost with -1, or drawn. */
    public static final ProofBounds WIN_OR_LOSS = new ProofBounds(-1, 1);

    public ProofBounds {
        Checks.inRange("least", least, -1e30, 1e30);
        Checks.inRange("largest", largest, -1e30, 1e30);
        Checks.positive("largest - least", largest - least);
    }

    /** Returns what a decision takes an unproven edge for, beside proven ones: the middle, a draw. */
    float neutral() {
        return 0.5f * (least + largest);
    }
}
