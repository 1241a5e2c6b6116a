package io.ponder.engine.tabular;

import io.ponder.engine.Checks;
import java.util.List;

/**
 * Is a process whose dynamics and rewards depend on a context that is drawn once for every episode and hidden while acting. What is seen
 * are states; rewards count but are not seen before the episode is over.
 *
 * @param contexts the process of each context, all with the same numbers of states and actions, without ends before the horizon
 * @param weights  probability of each context
 * @param start    the state in which every episode starts
 * @param horizon  steps of an episode
 */
public record LatentMdp(List<? extends TabularMdp> contexts, double[] weights, int start, int horizon) {
    /** Checks the sizes. */
    public LatentMdp {
        contexts = List.copyOf(contexts);
        weights = weights.clone();
        Checks.positive("number of contexts", contexts.size());
        Checks.same("number of weights", weights.length, "number of contexts", contexts.size());
        Checks.positive("horizon", horizon);
        Checks.inRange("start", start, 0, contexts.get(0).stateCount() - 1);
        for (TabularMdp context : contexts) {
            Checks.same("stateCount", context.stateCount(), "that of the first context", contexts.get(0).stateCount());
            Checks.same("actionCount", context.actionCount(), "that of the first context", contexts.get(0).actionCount());
        }
    }

    /** Returns the number of states. */
    public int stateCount() {
        return contexts.get(0).stateCount();
    }

    /** Returns the number of actions. */
    public int actionCount() {
        return contexts.get(0).actionCount();
    }

    /** Returns the process of someone who never learns about the context: probabilities and rewards averaged by the weights. */
    public MdpTable average() {
        int states = stateCount();
        int actions = actionCount();
        double[] transitions = transitions();
        double[] rewards = rewards();
        var table = new MdpTable.Builder(states, actions).start(start, 1);
        for (int pair = 0; pair < states * actions; pair++) {
            double reward = 0;
            for (int m = 0; m < weights.length; m++) reward += weights[m] * rewards[m * states * actions + pair];
            for (int next = 0; next < states; next++) {
                double p = 0;
                for (int m = 0; m < weights.length; m++) p += weights[m] * transitions[(m * states * actions + pair) * states + next];
                table.outcome(Math.min(1, p), next, reward, false);
            }
            table.endRow();
        }
        return table.build();
    }

    /** Returns the probabilities {@code [contexts x states x actions x states]} that an action leads to a state. */
    double[] transitions() {
        int states = stateCount();
        int actions = actionCount();
        double[] dense = new double[contexts.size() * states * actions * states];
        for (int m = 0; m < contexts.size(); m++) {
            TabularMdp mdp = contexts.get(m);
            for (int s = 0; s < states; s++) {
                for (int a = 0; a < actions; a++) {
                    for (int i = 0; i < mdp.outcomeCount(s, a); i++) {
                        dense[((m * states + s) * actions + a) * states + mdp.nextState(s, a, i)] += mdp.probability(s, a, i);
                    }
                }
            }
        }
        return dense;
    }

    /** Returns the expected rewards {@code [contexts x states x actions]}. */
    double[] rewards() {
        int states = stateCount();
        int actions = actionCount();
        double[] rewards = new double[contexts.size() * states * actions];
        for (int m = 0; m < contexts.size(); m++) {
            for (int pair = 0; pair < states * actions; pair++) {
                rewards[m * states * actions + pair] = contexts.get(m).expectedReward(pair / actions, pair % actions);
            }
        }
        return rewards;
    }
}
