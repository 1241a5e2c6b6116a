package io.ponder.planners.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.BeliefPlanning;
import io.ponder.engine.tabular.EmpiricalMdp;
import io.ponder.engine.tabular.HistoryPolicy;
import io.ponder.engine.tabular.LatentMdp;
import io.ponder.engine.tabular.MdpTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns a process with a hidden context that is told after each episode: counts the transitions of every context apart, and plans by
 * belief in what was counted, with rewards raised where a pair was seldom tried in a context.
 *
 * <p>Not thread-safe.
 *
 * <p>Source: J. Kwon, Y. Efroni, C. Caramanis and S. Mannor, "RL for Latent MDPs: Regret Guarantees and a Lower Bound", 2021, section 3.2
 * (contexts in hindsight); R. Zhou, R. Wang and S. Du, "Horizon-Free and Variance-Dependent Reinforcement Learning for Latent MDPs", 2023.
 */
public final class HindsightContexts {
    private final List<EmpiricalMdp> counts = new ArrayList<>();
    private final double[] episodes;
    private final int start;
    private final int horizon;
    private final OptimismRule rule;
    private final double ceiling;

    /**
     * Creates empty counts.
     *
     * @param ceiling largest reward of a step, which a raised reward does not exceed
     */
    public HindsightContexts(int contexts, int states, int actions, int start, int horizon, OptimismRule rule, double ceiling) {
        for (int m = 0; m < Checks.positive("contexts", contexts); m++) counts.add(new EmpiricalMdp(states, actions));
        episodes = new double[contexts];
        this.start = start;
        this.horizon = Checks.positive("horizon", horizon);
        this.rule = rule;
        this.ceiling = ceiling;
    }

    /** Tells that an episode of a context is over: its share grows. */
    public void episode(int context) {
        episodes[context]++;
    }

    /** Adds a transition of an episode whose context is now known. Returns how often the pair was tried in that context. */
    public long add(int context, int state, int action, double reward, int next) {
        counts.get(context).add(state, action, reward, next, false);
        return counts.get(context).visits(state, action);
    }

    /** Returns what is believed now: frequencies, raised rewards, and shares of the contexts with one imaginary episode each. */
    public LatentMdp believed() {
        List<MdpTable> contexts = new ArrayList<>();
        double total = episodes.length;
        for (double one : episodes) total += one;
        double[] weights = new double[episodes.length];
        for (int m = 0; m < weights.length; m++) {
            weights[m] = (episodes[m] + 1) / total;
            contexts.add(raised(counts.get(m)));
        }
        return new LatentMdp(contexts, weights, start, horizon);
    }

    private MdpTable raised(EmpiricalMdp empirical) {
        var table = new MdpTable.Builder(empirical.stateCount(), empirical.actionCount()).start(start, 1);
        for (int s = 0; s < empirical.stateCount(); s++) {
            for (int a = 0; a < empirical.actionCount(); a++) {
                double reward = Math.min(ceiling, empirical.expectedReward(s, a) + rule.width(empirical.visits(s, a)));
                for (int i = 0; i < empirical.outcomeCount(s, a); i++) {
                    table.outcome(empirical.probability(s, a, i), empirical.nextState(s, a, i), reward, false);
                }
                table.endRow();
            }
        }
        return table.build();
    }

    /** Returns the best policy for what is believed now. */
    public HistoryPolicy plan() {
        return BeliefPlanning.solve(believed()).policy();
    }
}
