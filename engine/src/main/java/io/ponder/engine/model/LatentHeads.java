package io.ponder.engine.model;

/**
 * Capability: tells everything a tree search needs to know of a state: whose move it is, which actions are legal and how promising they
 * look, and what the state is worth. Known games offer it as well as learned latent models (MuZero, Schrittwieser and others 2020;
 * Stochastic MuZero, Antonoglou and others 2022).
 *
 * <p>A search makes one {@link #expand} call per simulation, over all the trees of a batch that need one. Columns are computed
 * independently of each other, as everywhere. Like the model, an instance serves one thread at a time and belongs to the fork it was
 * asked from.
 */
public interface LatentHeads {
    /** Returns the number of chance outcomes C, 0 for a model without chance nodes. */
    default int chanceCount() {
        return 0;
    }

    /** Returns the rows of logits this model writes: the larger of the numbers of actions and of chance outcomes, at least 1. */
    default int width(ModelSpec spec) {
        return Math.max(1, Math.max(spec.actionCount(), chanceCount()));
    }

    /**
     * Says what root states are like.
     *
     * @param states K columns. Not modified.
     * @param keys   random numbers of the columns
     * @param out    resized to K. Modified.
     */
    void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out);

    /**
     * Imagines one transition of every column and says what the states it leads to are like: {@link WorldModel#step} and
     * {@link #evaluate} in one call.
     *
     * <p>The parent of a column is a decision or a chance node, so a model runs its afterstate network only on the decision columns and
     * its dynamics only on the chance columns. The edge from a decision to a chance node has discount 1 and, in a learned model,
     * reward 0: what a move earns stands on the chance edge. A known game may pay at once. The reward is that of the player who moves
     * at the parent where there is one row of rewards.
     *
     * @param parents     K columns. Not modified; must not be {@code step.next()}.
     * @param parentKinds {@code [K]}, {@link NodeKind#DECISION} or {@link NodeKind#CHANCE}. Not modified.
     * @param actions     {@code [actionSize x K]}: the action of a decision column; row 0 of a chance column holds the outcome's index.
     *                    Not modified.
     * @param keys        random numbers of the columns
     * @param step        next state, reward and discount of each transition. Modified.
     * @param out         what the next states are like, resized to K. Modified.
     */
    void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out);
}
