package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.TabularMdp;
import java.util.Arrays;

/**
 * Values of actions from data and a wrong model, low where only the model was (COMBO): no estimate of the model's uncertainty is
 * needed.
 *
 * <p>With d the share of each pair (state, action) in the data, rho its share in rollouts of the policy in the model and d_f = f
 * d + (1 - f) rho, a round minimises beta (E_rho[Q] - E_d[Q]) + 1/2 E_{d_f}[(Q - B Q_k)^2], where B backs up the policy's values
 * in the data or in the model as the mixture has it. In a table the minimum is known:
 *
 * <pre>Q_{k+1} = B Q_k - beta (rho - d) / d_f</pre>
 *
 * which is as if a reward were changed: it falls by beta / (1 - f) where there are no data, and rises by up to beta / f where
 * there are data and no rollouts. A pair of neither, where the loss says nothing, counts as the limit of few rollouts.
 *
 * <p>Every round prolongs the rollouts by one step under the newest policy and puts them into a buffer, which forgets. For a
 * fixed policy values and rollouts converge; with {@link #policy} as the next one it is policy iteration by single sweeps. With
 * rollouts of length 1 from the states of the data it is CQL (Kumar et al. 2020), whose rollouts never leave the data's states.
 *
 * <p>Not thread-safe. {@code round} allocates nothing.
 *
 * <p>Source: T. Yu and others, "COMBO: Conservative Offline Model-Based Policy Optimization", 2021, equation 2.
 */
public final class ComboIteration {
    private final TabularMdp data;
    private final TabularMdp model;
    private final double[] share;
    private final double[] start;
    private final ComboParameters parameters;
    private final int states;
    private final int actions;
    private final double[] actionValues;
    private final double[] values;
    private final double[] reached;
    private final double[] next;
    private final double[] imagined;
    private boolean begun;

    /**
     * Begins with values of 0 and rollouts that have not left their first states.
     *
     * @param data  frequencies of the real transitions, such as {@link io.ponder.engine.tabular.EmpiricalMdp}; read only where
     *              {@code share} is above 0
     * @param share {@code [states x actions]} share of each pair in the data, 1 in all
     * @param model where rollouts are imagined
     * @param start {@code [states]} distribution of the first states of rollouts
     */
    public ComboIteration(TabularMdp data, double[] share, TabularMdp model, double[] start, ComboParameters parameters) {
        states = model.stateCount();
        actions = model.actionCount();
        Checks.same("states of the data", data.stateCount(), "states of the model", states);
        Checks.same("actions of the data", data.actionCount(), "actions of the model", actions);
        this.data = data;
        this.model = model;
        this.share = distribution("share of the data", share, states * actions);
        this.start = distribution("start", start, states);
        this.parameters = parameters;
        actionValues = new double[states * actions];
        values = new double[states];
        reached = this.start.clone();
        next = new double[states];
        imagined = new double[states * actions];
    }

    private static double[] distribution(String name, double[] given, int length) {
        Checks.same("length of the " + name, given.length, "what the model has", length);
        double sum = 0;
        for (double p : given) sum += Checks.inRange(name, p, 0, 1);
        Checks.inRange("sum of the " + name, sum, 1 - 1e-9, 1 + 1e-9);
        return given.clone();
    }

    /**
     * Does one round: backs up the values of a policy once, changed by the conservative term, and prolongs the rollouts under it.
     *
     * @param policy {@code [states x actions]} probabilities of the actions, state by state. Not modified.
     */
    public void round(double[] policy) {
        Checks.same("length of the policy", policy.length, "states x actions", states * actions);
        prolong(policy);
        double renewal = begun ? parameters.renewal() : 1;
        for (int s = 0; s < states; s++) {
            values[s] = 0;
            for (int a = 0; a < actions; a++) values[s] += policy[s * actions + a] * actionValues[s * actions + a];
        }
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < actions; a++) {
                int pair = s * actions + a;
                imagined[pair] += renewal * (reached[s] * policy[pair] - imagined[pair]);
                actionValues[pair] = fitted(s, a, share[pair], imagined[pair]);
            }
        }
        begun = true;
    }

    private void prolong(double[] policy) {
        double ended = 0;
        Arrays.fill(next, 0);
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < actions; a++) {
                double mass = parameters.continuation() * reached[s] * policy[s * actions + a];
                if (mass == 0) continue;
                for (int i = 0; i < model.outcomeCount(s, a); i++) {
                    double p = mass * model.probability(s, a, i);
                    // A rollout whose episode has ended begins anew.
                    if (model.terminated(s, a, i)) ended += p;
                    else next[model.nextState(s, a, i)] += p;
                }
            }
        }
        for (int s = 0; s < states; s++) reached[s] = next[s] + (1 - parameters.continuation() + ended) * start[s];
    }

    private double fitted(int state, int action, double real, double unreal) {
        double f = parameters.realShare();
        double beta = parameters.conservatism();
        double mixture = f * real + (1 - f) * unreal;
        if (real == 0) return backup(model, state, action) - beta / (1 - f);
        if (unreal == 0) return backup(data, state, action) + beta / f;
        double weight = f * real / mixture;
        double backedUp = weight * backup(data, state, action) + (1 - weight) * backup(model, state, action);
        return backedUp - beta * (unreal - real) / mixture;
    }

    private double backup(TabularMdp process, int state, int action) {
        return process.backup(state, action, parameters.discount(), values);
    }

    /** Returns the value of an action by the rounds so far. */
    public double actionValue(int state, int action) {
        return actionValues[state * actions + action];
    }

    /** Returns the share of a pair in the imagined data. */
    public double imagined(int state, int action) {
        return imagined[state * actions + action];
    }

    /**
     * Writes the policy that takes actions with probabilities proportional to exp(value / temperature).
     *
     * @param temperature in units of the values, above 0
     * @param out         {@code [states x actions]}, state by state
     */
    public void policy(double temperature, double[] out) {
        Checks.positive("temperature", temperature);
        Checks.same("length of the policy", out.length, "states x actions", states * actions);
        for (int s = 0; s < states; s++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < actions; a++) most = Math.max(most, actionValues[s * actions + a]);
            double sum = 0;
            for (int a = 0; a < actions; a++) {
                out[s * actions + a] = Math.exp((actionValues[s * actions + a] - most) / temperature);
                sum += out[s * actions + a];
            }
            for (int a = 0; a < actions; a++) out[s * actions + a] /= sum;
        }
    }
}
