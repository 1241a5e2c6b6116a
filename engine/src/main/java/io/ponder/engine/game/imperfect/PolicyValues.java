package io.ponder.engine.game.imperfect;

import java.util.Arrays;

/**
 * Computes what policies are worth in a small game, exactly: by one pass over its histories, or two.
 *
 * <p>One thread at a time; allocates nothing after the constructor.
 */
public final class PolicyValues {
    private final ExtensiveForm form;
    /** What a history is worth to a player. */
    private final double[] value;
    /** Probability that the others and chance lead to a history. */
    private final double[] reach;
    private final double[] weight;
    private final int[] response;

    /** Creates the measure of a game. */
    public PolicyValues(ExtensiveForm form) {
        this.form = form;
        value = new double[form.histories()];
        reach = new double[form.histories()];
        weight = new double[form.sets()];
        response = new int[form.sets()];
    }

    /** Returns what a player earns on average where all follow a policy. */
    public double value(BehaviourPolicy policy, int player) {
        for (int h = form.histories() - 1; h >= 0; h--) {
            if (form.children(h) == 0) {
                value[h] = form.returns(h, player);
                continue;
            }
            double sum = 0;
            int from = form.firstChild(h);
            for (int c = from; c < from + form.children(h); c++) sum += policy.probability(c) * value[c];
            value[h] = sum;
        }
        return value[0];
    }

    /**
     * Writes the action values of a player: what follows on average from an action in one of his information sets, where all
     * follow the policy before and after. Histories count by the probability with which the others and chance lead to them, so
     * that it is the mean over what the player can be facing; 0 where they never do. Entries of other players are left alone.
     *
     * @param out an entry each ({@link ExtensiveForm#entries}). Modified.
     */
    public void actionValues(BehaviourPolicy policy, int player, double[] out) {
        value(policy, player);
        reaches(policy, player);
        for (int i = 0; i < form.sets(); i++) {
            if (form.player(i) != player) continue;
            Arrays.fill(out, form.first(i), form.first(i + 1), 0);
            for (int m = 0; m < form.members(i) && weight[i] > 0; m++) {
                int h = form.member(i, m);
                for (int a = 0; a < form.children(h); a++) {
                    out[form.first(i) + a] += reach[h] / weight[i] * value[form.firstChild(h) + a];
                }
            }
        }
    }

    /** Computes with which probability the others and chance lead to every history and every set of a player. */
    private void reaches(BehaviourPolicy policy, int player) {
        Arrays.fill(weight, 0);
        reach[0] = 1;
        for (int h = 0; h < form.histories(); h++) {
            int parent = form.parent(h);
            if (parent >= 0) reach[h] = reach[parent] * (form.mover(parent) == player ? 1 : policy.probability(h));
            if (form.mover(h) == player) weight[form.set(h)] += reach[h];
        }
    }

    /**
     * Writes the probability with which the others and chance lead to each member of an information set, given that they lead
     * there.
     */
    public void belief(BehaviourPolicy policy, int set, double[] out) {
        reaches(policy, form.player(set));
        for (int m = 0; m < form.members(set); m++) {
            out[m] = weight[set] > 0 ? reach[form.member(set, m)] / weight[set] : 1.0 / form.members(set);
        }
    }

    /** Returns what a player earns on average who knows the policy of the others and answers it as well as he can. */
    public double bestResponse(BehaviourPolicy policy, int player) {
        reaches(policy, player);
        Arrays.fill(value, Double.NaN);
        Arrays.fill(response, -1);
        return best(policy, player, 0);
    }

    private double best(BehaviourPolicy policy, int player, int h) {
        if (!Double.isNaN(value[h])) return value[h];
        double result = 0;
        int from = form.firstChild(h);
        if (form.children(h) == 0) {
            result = form.returns(h, player);
        } else if (form.mover(h) == player) {
            result = best(policy, player, from + response(policy, player, form.set(h)));
        } else {
            for (int c = from; c < from + form.children(h); c++) {
                double probability = policy.probability(c);
                if (probability > 0) result += probability * best(policy, player, c);
            }
        }
        value[h] = result;
        return result;
    }

    /** Returns the best action of a set, as a number among its legal ones. */
    private int response(BehaviourPolicy policy, int player, int set) {
        if (response[set] >= 0) return response[set];
        double most = Double.NEGATIVE_INFINITY;
        int best = 0;
        for (int a = 0; a < form.first(set + 1) - form.first(set); a++) {
            double sum = 0;
            for (int m = 0; m < form.members(set); m++) {
                int h = form.member(set, m);
                if (reach[h] > 0) sum += reach[h] * best(policy, player, form.firstChild(h) + a);
            }
            if (sum > most) {
                most = sum;
                best = a;
            }
        }
        response[set] = best;
        return best;
    }

    /** Returns what the players could gain in all by each answering the others as well as he can: 0 at an equilibrium. */
    public double nashConv(BehaviourPolicy policy) {
        double sum = 0;
        for (int p = 0; p < form.players(); p++) sum += bestResponse(policy, p) - value(policy, p);
        return sum;
    }

    /**
     * Returns the exploitability, {@link #nashConv} for each player: in a game of two that sums to 0, what one loses to the
     * best answer.
     */
    public double exploitability(BehaviourPolicy policy) {
        return nashConv(policy) / form.players();
    }
}
