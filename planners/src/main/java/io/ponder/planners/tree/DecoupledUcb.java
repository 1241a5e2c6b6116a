package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Lets each player choose by UCB1 over his own actions, as if the others were part of the environment (Finnsson and Bjornsson
 * 2008). It often plays well, but need not approach an equilibrium; {@link RegretMatching} does.
 *
 * @param exploration    c, at least 0
 * @param firstPlay      worth of an own action before its first visit, exploration included; plus infinity to try every one first
 * @param decidesByScore whether a player decides for the highest mean return instead of drawing from his visits
 */
public record DecoupledUcb(double exploration, double firstPlay, boolean decidesByScore) implements SimultaneousRule {
    /** c = 1.4 for returns between -1 and 1. */
    public static final DecoupledUcb DEFAULT = new DecoupledUcb(1.4);

    public DecoupledUcb {
        Checks.inRange("exploration", exploration, 0, 1e9);
        if (Double.isNaN(firstPlay)) throw new IllegalArgumentException("firstPlay is NaN, but it must be a number.");
    }

    /**
     * Creates the textbook's rule: every own action is tried before any is tried again, and the decision is drawn from the
     * visits.
     */
    public DecoupledUcb(double exploration) {
        this(exploration, Double.POSITIVE_INFINITY, false);
    }

    /** Returns this rule with another worth of untried own actions. */
    public DecoupledUcb withFirstPlay(double newFirstPlay) {
        return new DecoupledUcb(exploration, newFirstPlay, decidesByScore);
    }

    /** Returns this rule with a decision for the highest mean return. */
    public DecoupledUcb decidingByScore() {
        return new DecoupledUcb(exploration, firstPlay, true);
    }

    @Override
    public Players players(SearchContext context) {
        return new Decoupled(context.tree().jointStatistics(), exploration, firstPlay);
    }

    /** Scores are mean returns, weights are visits. */
    private static final class Decoupled implements Players {
        private final JointStatistics joint;
        private final double exploration;
        private final double firstPlay;

        Decoupled(JointStatistics joint, double exploration, double firstPlay) {
            this.firstPlay = firstPlay;
            this.joint = joint;
            this.exploration = exploration;
        }

        @Override
        public int choose(int row, int slot, int player) {
            int from = joint.place(slot, player);
            int count = joint.count(player);
            float all = 0;
            for (int a = from; a < from + count; a++) all += joint.weight[a];
            double reach = exploration * exploration * Math.log(Math.max(1, all));
            int chosen = 0;
            double best = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < count; a++) {
                if (!joint.legal(from + a)) continue;
                float n = joint.weight[from + a];
                double worth = n == 0 ? firstPlay : joint.score[from + a] + Math.sqrt(reach / n);
                if (worth > best) {
                    best = worth;
                    chosen = a;
                }
            }
            return chosen;
        }

        @Override
        public void learn(int row, int slot, int edge, float[] returns) {
            for (int p = 0; p < joint.players; p++) {
                int place = joint.place(slot, p) + joint.own(edge, p);
                joint.weight[place]++;
                joint.score[place] += (returns[p] - joint.score[place]) / joint.weight[place];
            }
        }
    }
}
