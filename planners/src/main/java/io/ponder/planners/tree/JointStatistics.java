package io.ponder.planners.tree;

import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Keeps, for every node where players decide at once, two numbers for each own action of each player: a score, which means
 * what the {@link SimultaneousRule} makes of it, and the weight of the action in the player's average strategy.
 *
 * <p>Joint actions are numbered in mixed radix, the last player's fastest. Written by one thread a row.
 */
final class JointStatistics {
    private static final long CHOICE = 0x4A4F494E54L;
    private static final long DECISION = 0x4D49584544L;

    private final TreeStorage tree;
    final int players;
    private final int[] count;
    private final int[] stride;
    private final int[] first;
    private final int size;
    final float[] score;
    final float[] weight;

    JointStatistics(TreeStorage tree, int[] ownActions, int nodes) {
        this.tree = tree;
        players = ownActions.length;
        count = ownActions.clone();
        stride = new int[players];
        first = new int[players];
        int product = 1;
        for (int p = players - 1; p >= 0; p--) {
            stride[p] = product;
            product *= count[p];
        }
        int sum = 0;
        for (int p = 0; p < players; p++) {
            first[p] = sum;
            sum += count[p];
        }
        size = sum;
        score = new float[Math.multiplyExact(nodes, size)];
        weight = new float[score.length];
    }

    long bytes() {
        return 8L * score.length;
    }

    int count(int player) {
        return count[player];
    }

    /** Returns the place of a player's first own action. */
    int place(int slot, int player) {
        return slot * size + first[player];
    }

    int own(int edge, int player) {
        return edge / stride[player] % count[player];
    }

    /** Returns the joint action in which one player chooses something else. */
    int replaced(int edge, int player, int action) {
        return edge + (action - own(edge, player)) * stride[player];
    }

    /**
     * Makes the statistics of a node; own actions that are part of no legal joint action get a score of minus infinity.
     *
     * @param known whether what earlier searches learnt stays
     */
    void open(int slot, boolean known) {
        if (known) {
            renew(slot);
            return;
        }
        int from = slot * size;
        Arrays.fill(weight, from, from + size, 0);
        Arrays.fill(score, from, from + size, Float.NEGATIVE_INFINITY);
        for (int e = 0; e < tree.actionCount; e++) {
            if (tree.prior[slot * tree.width + e] == SearchTree.ILLEGAL) continue;
            for (int p = 0; p < players; p++) score[place(slot, p) + own(e, p)] = 0;
        }
    }

    /** Takes over which own actions are legal now. */
    private void renew(int slot) {
        for (int p = 0; p < players; p++) {
            for (int a = 0; a < count[p]; a++) {
                int i = place(slot, p) + a;
                boolean legal = partOfLegal(slot, p, a);
                if (!legal) weight[i] = 0;
                score[i] = !legal ? Float.NEGATIVE_INFINITY : legal(i) ? score[i] : 0;
            }
        }
    }

    private boolean partOfLegal(int slot, int player, int action) {
        for (int e = 0; e < tree.actionCount; e++) {
            if (own(e, player) == action && tree.prior[slot * tree.width + e] != SearchTree.ILLEGAL) return true;
        }
        return false;
    }

    void move(int from, int to) {
        System.arraycopy(score, from * size, score, to * size, size);
        System.arraycopy(weight, from * size, weight, to * size, size);
    }

    boolean legal(int place) {
        return score[place] != Float.NEGATIVE_INFINITY;
    }

    /** Returns the random number of a player's choice in a visit of a node. */
    float uniform(long rowKey, int row, int slot, int player) {
        long key = CounterRandom.key(rowKey, CHOICE + player);
        return CounterRandom.uniform((int) key, (int) (key >>> 32), slot - row * tree.capacity, tree.visits[slot]);
    }

    /** Returns the joint action of what the players choose. */
    int select(SimultaneousRule.Players rule, int row, int slot) {
        int edge = 0;
        for (int p = 0; p < players; p++) edge += rule.choose(row, slot, p) * stride[p];
        return edge;
    }

    /** Returns what a joint action has brought a player on average; the mean of the node where it was not tried. */
    float value(int row, int slot, int edge, int player) {
        int child = tree.child[slot * tree.width + edge];
        if (child < 0) return tree.values[slot * players + player];
        int base = row * tree.capacity;
        int place = slot * tree.width + edge;
        return tree.rewardOf(place, base, player) + tree.discountOf(place, base) * tree.values[(base + child) * players + player];
    }

    /** Returns the share of an own action in the player's average strategy; before any visit all legal ones have the same. */
    float average(int slot, int player, int action) {
        int from = place(slot, player);
        float sum = 0;
        int legal = 0;
        for (int i = from; i < from + count[player]; i++) {
            sum += weight[i];
            if (legal(i)) legal++;
        }
        if (sum > 0) return weight[from + action] / sum;
        return legal(from + action) ? 1f / legal : 0;
    }

    /** Writes the average strategies as probabilities of joint actions. */
    void write(int slot, float[] out) {
        Arrays.fill(out, 0);
        for (int e = 0; e < tree.actionCount; e++) {
            if (tree.prior[slot * tree.width + e] == SearchTree.ILLEGAL) continue;
            float probability = 1;
            for (int p = 0; p < players; p++) probability *= average(slot, p, own(e, p));
            out[e] = probability;
        }
    }

    /** Draws an own action of every player from his average strategy and returns the joint action. */
    int decide(long rowKey, int slot) {
        int edge = 0;
        for (int p = 0; p < players; p++) {
            long key = CounterRandom.key(rowKey, DECISION + p);
            float left = CounterRandom.uniform((int) key, (int) (key >>> 32), 0, 0);
            int chosen = 0;
            for (int a = 0; a < count[p] && left >= 0; a++) {
                float share = average(slot, p, a);
                if (share == 0) continue;
                left -= share;
                chosen = a;
            }
            edge += chosen * stride[p];
        }
        return edge;
    }
}
