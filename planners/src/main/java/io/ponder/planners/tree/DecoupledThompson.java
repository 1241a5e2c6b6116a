package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Lets each player choose by Thompson sampling over his own actions, at every node where players decide at once (Boney, Ilin,
 * Kannala and Seppanen 2020, "Learning to play imperfect-information games by imitating an oracle planner"): draws a value for
 * each action from what is known of its mean, and takes the largest. The decision is for the tried action whose mean is
 * expected to be highest.
 *
 * <p>Returns count as normal with a known standard deviation, and the prior is worth {@code weight} returns: after n returns
 * with sum s, the mean is drawn from a normal with mean {@code (weight prior + s) / (weight + n)} and variance {@code spread^2
 * / (weight + n)}. The expected mean of an action with few returns is near the prior, so that one lucky return does not decide.
 *
 * @param prior  expected return of an action that was not tried
 * @param spread standard deviation of a return, at least 0
 * @param weight returns that the prior is worth, greater than 0
 */
public record DecoupledThompson(double prior, double spread, double weight) implements SimultaneousRule {
    /** For returns between -1 and 1. */
    public static final DecoupledThompson DEFAULT = new DecoupledThompson(0, 0.5, 1);

    private static final long STREAM = 0x44454354484F4DL;

    public DecoupledThompson {
        Checks.inRange("prior", prior, -1e9, 1e9);
        Checks.inRange("spread", spread, 0, 1e9);
        Checks.positive("weight", weight);
    }

    @Override
    public boolean decidesByScore() {
        return true;
    }

    @Override
    public Players players(SearchContext context) {
        return new Sampling(context, this);
    }

    /** Scores are the expected means, weights are visits. */
    private static final class Sampling implements Players {
        private final SearchContext context;
        private final JointStatistics joint;
        private final DecoupledThompson rule;

        Sampling(SearchContext context, DecoupledThompson rule) {
            this.context = context;
            this.rule = rule;
            joint = context.tree().jointStatistics();
        }

        @Override
        public int choose(int row, int slot, int player) {
            SearchTree tree = context.tree();
            long key = CounterRandom.key(context.roots().keys[row], STREAM + player);
            int node = slot - row * tree.capacity;
            long block = 0;
            int drawn = -1;
            int from = joint.place(slot, player);
            int chosen = 0;
            double most = Double.NEGATIVE_INFINITY;
            long visit = CounterRandom.key(key, (long) node << 32 | tree.visits[slot]);
            for (int a = 0; a < joint.count(player); a++) {
                if (!joint.legal(from + a)) continue;
                if (drawn != a >>> 1) {
                    drawn = a >>> 1;
                    block = CounterRandom.block((int) visit, (int) (visit >>> 32), 0, drawn);
                }
                float visits = joint.weight[from + a];
                double mean = visits == 0 ? rule.prior : joint.score[from + a];
                double value = mean + rule.spread / Math.sqrt(rule.weight + visits) * CounterRandom.normal(block, a & 1);
                if (value > most) {
                    most = value;
                    chosen = a;
                }
            }
            return chosen;
        }

        @Override
        public void learn(int row, int slot, int edge, float[] returns) {
            for (int p = 0; p < joint.players; p++) {
                int place = joint.place(slot, p) + joint.own(edge, p);
                double expected = joint.weight[place] == 0 ? rule.prior : joint.score[place];
                joint.weight[place]++;
                joint.score[place] = (float) (expected + (returns[p] - expected) / (rule.weight + joint.weight[place]));
            }
        }
    }
}
