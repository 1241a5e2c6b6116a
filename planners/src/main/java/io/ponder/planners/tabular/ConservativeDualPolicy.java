package io.ponder.planners.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.PolicyEvaluation;
import io.ponder.engine.tabular.PolicyIteration;
import io.ponder.engine.tabular.TabularMdp;
import java.util.List;

/**
 * Chooses the policy of the next episodes by two updates: the referential one is optimal in the mean of what is believed, which does not
 * jump from draw to draw; the conservative one is the best for the optimal action values averaged over several draws, within a
 * total-variation distance of the first. The average of maxima is what carries optimism; averaging the values of one fixed policy does not
 * explore.
 *
 * <p>Source: S. Zhang, "Conservative Dual Policy Optimization for Efficient Model-Based Reinforcement Learning", 2022, algorithm 1, in its
 * tabular form.
 */
public final class ConservativeDualPolicy {
    private ConservativeDualPolicy() {}

    /**
     * Returns the policy {@code [states x actions]}.
     *
     * @param reference the mean of the belief
     * @param draws     draws from the belief, at least one
     * @param discount  from 0 to below 1
     * @param radius    total-variation distance from the reference's best policy, from 0 (ignores the draws) to 1 (ignores the reference)
     */
    public static double[] policy(TabularMdp reference, List<? extends TabularMdp> draws, double discount, double radius) {
        Checks.positive("number of draws", draws.size());
        int states = reference.stateCount();
        int actions = reference.actionCount();
        PolicyIteration mean = PolicyIteration.solve(reference, discount);
        int[] best = new int[states];
        for (int s = 0; s < states; s++) best[s] = mean.bestAction(s);
        double[] referential = PolicyEvaluation.deterministic(best, actions);
        double[] values = new double[states * actions];
        for (TabularMdp draw : draws) {
            PolicyIteration solved = PolicyIteration.solve(draw, discount);
            for (int pair = 0; pair < values.length; pair++) values[pair] += solved.actionValue(pair / actions, pair % actions) / draws.size();
        }
        double[] policy = new double[states * actions];
        for (int s = 0; s < states; s++) TotalVariationBall.best(actions, referential, values, s * actions, radius, policy);
        return policy;
    }
}
