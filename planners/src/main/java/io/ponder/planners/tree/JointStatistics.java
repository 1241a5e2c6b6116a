package io.ponder.planners.tree;

import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Keeps, for every node where players decide at once, two numbers for each own action of each player: a score, which means
 * what the {@link SimultaneousRule} makes of it, and the weight of the action in the player's average strategy.
 *
 * <p>Joint actions are numbered in mixed radix, the last player's fastest. One is shut where a mask forbids it or where what is
 * behind it is not a number. An own action is legal where it is part of a joint action that is open. The players choose
 * independently, as far as they can: where what they chose is shut, the joint action is drawn again among the open ones, with
 * probabilities proportional to the products of the players' strategies. Written by one thread a row.
 */
final class JointStatistics {
    private static final long CHOICE = 0x4A4F494E54L;
    private static final long DECISION = 0x4D49584544L;

    private final TreeStorage tree;
    final int players;
    private final int[] count;
    private final int[] stride;
    private final int[] first;
    final int size;
    /** Joint actions, those from 0 on that have own actions. */
    private final int combinations;
    final float[] score;
    final float[] weight;
    private final boolean byScore;

    /** Creates the statistics; {@code byScore} says whether strategies are the tried action with the highest score. */
    JointStatistics(TreeStorage tree, int[] ownActions, int nodes, boolean byScore) {
        this.tree = tree;
        this.byScore = byScore;
        players = ownActions.length;
        count = ownActions.clone();
        stride = new int[players];
        first = new int[players];
        int product = 1;
        for (int p = players - 1; p >= 0; p--) {
            stride[p] = product;
            product *= count[p];
        }
        combinations = product;
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
        for (int e = 0; e < combinations; e++) {
            if (shut(slot, e)) continue;
            for (int p = 0; p < players; p++) score[place(slot, p) + own(e, p)] = 0;
        }
    }

    /** Takes over which own actions are legal now, after joint actions were shut. */
    void renew(int slot) {
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
        for (int e = 0; e < combinations; e++) if (own(e, player) == action && !shut(slot, e)) return true;
        return false;
    }

    void move(int from, int to) {
        System.arraycopy(score, from * size, score, to * size, size);
        System.arraycopy(weight, from * size, weight, to * size, size);
    }

    /** Tells whether a joint action must not be taken. */
    boolean shut(int slot, int edge) {
        return tree.prior[slot * tree.width + edge] == SearchTree.ILLEGAL;
    }

    /** Tells whether all joint actions of a node are shut. */
    boolean allShut(int slot) {
        for (int i = place(slot, 0); i < place(slot, 0) + count[0]; i++) if (legal(i)) return false;
        return true;
    }

    boolean legal(int place) {
        return score[place] != Float.NEGATIVE_INFINITY;
    }

    /** Returns the random number of a player's choice in a visit of a node. */
    float uniform(long rowKey, int row, int slot, int player) {
        long key = CounterRandom.key(rowKey, CHOICE + player);
        return CounterRandom.uniform((int) key, (int) (key >>> 32), slot - row * tree.capacity, tree.visits[slot]);
    }

    /** Returns an open joint action of what the players choose; {@link Selector#NONE} where all are shut. */
    int select(SimultaneousRule.Players rule, long rowKey, int row, int slot) {
        if (allShut(slot)) return Selector.NONE;
        int edge = 0;
        for (int p = 0; p < players; p++) edge += rule.choose(row, slot, p) * stride[p];
        // One more than was counted: every open joint action is tried at times, whatever the players would rather do.
        return shut(slot, edge) ? among(slot, true, uniform(rowKey, row, slot, players)) : edge;
    }

    /**
     * Returns an open joint action, drawn with probability proportional to the product of the players' strategies.
     *
     * @param smoothed whether every legal own action counts as chosen once more than it was
     */
    private int among(int slot, boolean smoothed, float uniform) {
        double left = uniform * openSum(slot, smoothed);
        int chosen = Selector.NONE;
        for (int e = 0; e < combinations && (chosen < 0 || left >= 0); e++) {
            double share = shut(slot, e) ? 0 : product(slot, e, smoothed);
            if (share == 0) continue;
            left -= share;
            chosen = e;
        }
        return chosen;
    }

    /** Returns the sum of the {@link #product} of all open joint actions. */
    private double openSum(int slot, boolean smoothed) {
        double sum = 0;
        for (int e = 0; e < combinations; e++) if (!shut(slot, e)) sum += product(slot, e, smoothed);
        return sum;
    }

    private double product(int slot, int edge, boolean smoothed) {
        double product = 1;
        for (int p = 0; p < players; p++) {
            int action = own(edge, p);
            product *= smoothed ? 1 + weight[place(slot, p) + action] : share(slot, p, action);
        }
        return product;
    }

    /** Returns what a joint action has brought a player on average; the mean of the node where it was not tried. */
    float value(int row, int slot, int edge, int player) {
        int child = tree.child[slot * tree.width + edge];
        if (child < 0) return tree.values[slot * players + player];
        int base = row * tree.capacity;
        int place = slot * tree.width + edge;
        return tree.rewardOf(place, base, player) + tree.discountOf(place, base) * tree.values[(base + child) * players + player];
    }

    /** Returns the share of an own action in the player's strategy; before any visit all legal ones have the same. */
    float share(int slot, int player, int action) {
        int from = place(slot, player);
        float sum = 0;
        int legal = 0;
        for (int i = from; i < from + count[player]; i++) {
            sum += weight[i];
            if (legal(i)) legal++;
        }
        if (sum > 0) return byScore ? (action == best(slot, player) ? 1 : 0) : weight[from + action] / sum;
        return legal(from + action) ? 1f / legal : 0;
    }

    /** Writes all shares of a player, from entry {@code first[player]} on. */
    private void shares(int slot, int player, float[] out) {
        int from = place(slot, player);
        float sum = 0;
        int legal = 0;
        for (int i = from; i < from + count[player]; i++) {
            sum += weight[i];
            if (legal(i)) legal++;
        }
        int best = byScore && sum > 0 ? best(slot, player) : Selector.NONE;
        for (int a = 0; a < count[player]; a++) {
            float share = sum == 0 ? (legal(from + a) ? 1f / legal : 0) : byScore ? (a == best ? 1 : 0) : weight[from + a] / sum;
            out[first[player] + a] = share;
        }
    }

    /** Returns the tried own action with the highest score, among equals the first. */
    private int best(int slot, int player) {
        int from = place(slot, player);
        int best = Selector.NONE;
        for (int a = 0; a < count[player]; a++) {
            if (weight[from + a] > 0 && (best < 0 || score[from + a] > score[from + best])) best = a;
        }
        return best;
    }

    /**
     * Writes the strategies as probabilities of joint actions, given that the joint action is open.
     *
     * @param strategies {@code [size]}, scratch. Modified.
     */
    void write(int slot, float[] strategies, float[] out) {
        Arrays.fill(out, 0);
        for (int p = 0; p < players; p++) shares(slot, p, strategies);
        float lost = 0;
        for (int e = 0; e < combinations; e++) {
            float probability = 1;
            for (int p = 0; p < players; p++) probability *= strategies[first[p] + own(e, p)];
            if (shut(slot, e)) lost += probability;
            else out[e] = probability;
        }
        if (lost == 0) return;
        boolean smoothed = neverTogether(slot);
        double sum = openSum(slot, smoothed);
        for (int e = 0; e < combinations; e++) out[e] = shut(slot, e) ? 0 : (float) (product(slot, e, smoothed) / sum);
    }

    /** Tells whether average strategies never meet in an open joint action; then they are smoothed. */
    private boolean neverTogether(int slot) {
        return openSum(slot, false) == 0;
    }

    /**
     * Draws an own action of every player from his average strategy and returns the joint action, drawn again where it is
     * shut: the probabilities are those of {@link #write}. Not where all are shut.
     */
    int decide(long rowKey, int slot) {
        int edge = 0;
        for (int p = 0; p < players; p++) {
            long key = CounterRandom.key(rowKey, DECISION + p);
            float left = CounterRandom.uniform((int) key, (int) (key >>> 32), 0, 0);
            int chosen = 0;
            for (int a = 0; a < count[p] && left >= 0; a++) {
                float share = share(slot, p, a);
                if (share == 0) continue;
                left -= share;
                chosen = a;
            }
            edge += chosen * stride[p];
        }
        if (!shut(slot, edge)) return edge;
        long key = CounterRandom.key(rowKey, DECISION + players);
        return among(slot, neverTogether(slot), CounterRandom.uniform((int) key, (int) (key >>> 32), 0, 0));
    }
}
