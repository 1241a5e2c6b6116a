package io.ponder.planners.tree;

import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameRules;
import io.ponder.engine.game.PositionEvaluator;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of a known game straight from its rules: what the model, the leaf evaluation and {@link NodeWriter} do
 * together, without columns and without the softmax of equal logits. The probability of a chance outcome is the game's,
 * rounded once, where the columns pass it through its logarithm; the rest agrees to the last bit. One thread's.
 */
final class GameExpansion {
    private final SearchTree tree;
    private final Game game;
    private final @Nullable PositionEvaluator leaf;
    private final boolean perPlayer;
    private final int side;
    private final int players;
    private final int[] position;
    private final int[] legal;
    private final float[] values;
    private final float[] rounding;

    /** What is known of the position that was last reached. */
    private int seenBy;
    private float discount;
    private byte kind;
    private int evaluated;

    private GameExpansion(SearchTree tree, GameRules rules, @Nullable PositionEvaluator leaf) {
        this.tree = tree;
        this.leaf = leaf;
        game = rules.game();
        perPlayer = rules.perPlayer() && tree.players > 1;
        side = game.positionSize();
        players = tree.players;
        position = new int[side];
        legal = new int[game.actionCount()];
        values = new float[game.players()];
        rounding = tree.roundingScratch();
    }

    /**
     * Returns the expansion for a model that is the rules of a game, valued by a leaf evaluation of positions or none; else
     * null.
     */
    static @Nullable GameExpansion of(SearchTree tree, WorldModel model, @Nullable LeafEvaluator leaf) {
        GameRules rules = model.as(GameRules.class);
        if (rules == null) return null;
        if (leaf == null) return new GameExpansion(tree, rules, null);
        return leaf instanceof PositionEvaluator evaluator ? new GameExpansion(tree, rules, evaluator) : null;
    }

    /**
     * Makes a node behind an edge; the random numbers are those of a column with this key and sample.
     *
     * @return false, and the edge has no node, where a reward or a value is not finite
     */
    boolean make(int made, int above, int edge, int node, int key0, int key1, int sample) {
        play(above, edge);
        return write(made, above, edge, node, key0, key1, sample);
    }

    /** Makes the transition of an edge: what {@link #position}, {@link #seenBy}, {@link #link} and {@link #write} are about. */
    void play(int above, int edge) {
        int tags = above * tree.tagSize;
        for (int i = 0; i < side; i++) position[i] = tree.tags[tags + i];
        int before = tree.tags[tags + side];
        game.play(position, edge);
        int player = game.playerToMove(position);
        seenBy = player < 0 ? before : player;
        discount = player == Game.TERMINAL ? 0 : perPlayer || seenBy == before ? 1 : -1;
        kind = player >= 0 ? NodeKind.DECISION
                : player == Game.TERMINAL ? NodeKind.TERMINAL
                : player == Game.CHANCE ? NodeKind.CHANCE : NodeKind.SIMULTANEOUS;
    }

    /** Returns the position that was reached; overwritten by {@link #write}. */
    int[] position() {
        return position;
    }

    /** Returns from whose side it is seen. */
    int seenBy() {
        return seenBy;
    }

    /** Writes what the transition pays to its edge. */
    void link(int above, int edge) {
        int place = above * tree.width + edge;
        tree.edgeDiscount[place] = discount;
        int before = tree.tags[above * tree.tagSize + side];
        for (int p = 0; p < players; p++) tree.edgeRewards[place * players + p] = game.reward(position, perPlayer ? p : before);
    }

    /** Tells whether what the transition pays is finite; before {@link #write}. */
    boolean finiteReward(int above) {
        int before = tree.tags[above * tree.tagSize + side];
        for (int p = 0; p < players; p++) if (!Float.isFinite(game.reward(position, perPlayer ? p : before))) return false;
        return true;
    }

    private boolean finiteValues() {
        // The values of a game without a row for each player are read for whoever sees the position.
        for (int p = 0; p < players; p++) if (!Float.isFinite(values[perPlayer ? p : seenBy])) return false;
        return true;
    }

    /**
     * Makes the node of the position that was reached; false, and the edge has no node, where a reward or a value is not
     * finite.
     */
    boolean write(int made, int above, int edge, int node, int key0, int key1, int sample) {
        if (!finiteReward(above)) return false;
        tree.open(made, above - (made - node), edge, kind, perPlayer ? seenBy : 0);
        tree.child[tree.place(above, edge)] = node;
        tree.discount[made] = discount;
        if (perPlayer) {
            for (int p = 0; p < players; p++) tree.rewards[made * players + p] = game.reward(position, p);
            tree.reward[made] = tree.objective(tree.rewards, made * players, made - node, above);
        } else {
            tree.reward[made] = game.reward(position, tree.tags[above * tree.tagSize + side]);
        }
        int tags = made * tree.tagSize;
        for (int i = 0; i < side; i++) tree.tags[tags + i] = position[i];
        tree.tags[tags + side] = seenBy;
        tree.latent[made * tree.stateSize] = 0;
        if (kind != NodeKind.TERMINAL) priors(made);
        evaluate(key0, key1, sample);
        if (!finiteValues()) {
            tree.child[tree.place(above, edge)] = SearchTree.UNVISITED;
            return false;
        }
        float value = values[seenBy];
        if (perPlayer) {
            for (int p = 0; p < players; p++) tree.values[made * players + p] = values[p];
            value = tree.objective(values, 0, made - node, made);
        }
        tree.value[made] = value;
        tree.rawValue[made] = value;
        if (tree.rawValues.length > 0) System.arraycopy(tree.values, made * players, tree.rawValues, made * players, players);
        if (tree.proofs != null) tree.proofs.open(made, kind == NodeKind.TERMINAL);
        return true;
    }

    /**
     * Does the transition of an edge for which there is no room, into the first column of the buffers; false where something
     * is not finite.
     */
    boolean pass(int above, int edge, int key0, int key1, int sample, StepBuffer step, NodeBuffer nodes) {
        play(above, edge);
        ModelState next = step.next().resize(1);
        nodes.resize(1);
        int before = tree.tags[above * tree.tagSize + side];
        for (int p = 0; p < players; p++) step.reward()[p] = game.reward(position, perPlayer ? p : before);
        step.discount()[0] = discount;
        nodes.kind()[0] = kind;
        System.arraycopy(position, 0, next.tags(), 0, side);
        boolean finite = finiteReward(above);
        evaluate(key0, key1, sample);
        for (int p = 0; p < players; p++) nodes.value()[p] = values[perPlayer ? p : seenBy];
        return finite && finiteValues();
    }

    private void priors(int made) {
        float[] prior = tree.newPriors(made, rounding);
        int offset = tree.newPriorsFrom(made);
        Arrays.fill(prior, offset, offset + tree.width, SearchTree.ILLEGAL);
        if (kind == NodeKind.CHANCE) {
            for (int o = 0; o < tree.chanceCount; o++) {
                double probability = game.chanceProbability(position, o);
                if (probability > 0) prior[offset + o] = (float) probability;
            }
        } else {
            int count = game.legalActions(position, legal);
            // Where nobody can move, the node is a leaf.
            if (count == 0) tree.kind[made] = NodeKind.TERMINAL;
            float share = 1f / count;
            for (int i = 0; i < count; i++) prior[offset + legal[i]] = share;
        }
        tree.keepPriors(made, rounding);
        if (kind == NodeKind.SIMULTANEOUS && tree.joint != null) tree.joint.open(made, false);
    }

    /** Returns how many positions the leaf evaluation has valued so far; may wrap around. */
    int evaluated() {
        return evaluated;
    }

    /** Values the position, which is lost. */
    private void evaluate(int key0, int key1, int sample) {
        if (kind == NodeKind.TERMINAL || leaf == null) {
            Arrays.fill(values, 0);
        } else {
            leaf.evaluate(position, key0, key1, sample, values);
            evaluated++;
        }
    }
}
