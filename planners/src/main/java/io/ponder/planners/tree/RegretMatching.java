package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Draws own actions with probabilities proportional to what the player regrets not having played (Hart and Mas-Colell 2000),
 * at each node where players decide at once (Lanctot, Lisy and Winands 2013). In a game of two players that sums to 0 the
 * average strategies approach an equilibrium.
 *
 * <p>A joint action that was not tried yet counts as the mean of its node; nobody regrets one that is shut.
 *
 * @param exploration share of uniform draws, from 0 to 1; they do not enter the average strategy
 */
public record RegretMatching(double exploration) implements SimultaneousRule {
    /** One draw in twenty is uniform. */
    public static final RegretMatching DEFAULT = new RegretMatching(0.05);

    public RegretMatching {
        Checks.inRange("exploration", exploration, 0, 1);
    }

    @Override
    public Players players(SearchContext context) {
        return new Matching(context, (float) exploration);
    }

    /** Scores are the sums of regrets. */
    private static final class Matching implements Players {
        private final SearchContext context;
        private final JointStatistics joint;
        private final float exploration;

        Matching(SearchContext context, float exploration) {
            this.context = context;
            this.exploration = exploration;
            joint = context.tree().jointStatistics();
        }

        @Override
        public int choose(int row, int slot, int player) {
            int from = joint.place(slot, player);
            int count = joint.count(player);
            float[] regret = joint.score;
            float sum = 0;
            int legal = 0;
            for (int a = from; a < from + count; a++) {
                sum += Math.max(0, regret[a]);
                if (joint.legal(a)) legal++;
            }
            float uniform = 1f / legal;
            float left = joint.uniform(context.roots().keys[row], row, slot, player);
            int chosen = 0;
            for (int a = 0; a < count; a++) {
                if (!joint.legal(from + a)) continue;
                float share = sum > 0 ? Math.max(0, regret[from + a]) / sum : uniform;
                joint.weight[from + a] += share;
                if (left >= 0) chosen = a;
                left -= exploration * uniform + (1 - exploration) * share;
            }
            return chosen;
        }

        @Override
        public void learn(int row, int slot, int edge, float[] returns) {
            for (int p = 0; p < joint.players; p++) {
                int from = joint.place(slot, p);
                for (int a = 0; a < joint.count(p); a++) {
                    if (!joint.legal(from + a) || a == joint.own(edge, p)) continue;
                    int instead = joint.replaced(edge, p, a);
                    if (!joint.shut(slot, instead)) joint.score[from + a] += joint.value(row, slot, instead, p) - returns[p];
                }
            }
        }
    }
}
