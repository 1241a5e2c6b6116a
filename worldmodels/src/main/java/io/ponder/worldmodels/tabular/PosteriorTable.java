package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.GammaDraw;
import java.util.Arrays;

/**
 * Holds what is believed of a finite process: a Dirichlet over the next states and a Normal-Gamma over the reward of each (state, action);
 * its mean and draws from it are processes.
 *
 * <p>The reward's unknown mean and precision have the prior mean m, one pseudo-observation, and a Gamma of shape 2 and rate 1 (DeGroot 1970,
 * section 9.6). Not thread-safe.
 */
public final class PosteriorTable {
    private static final double PRIOR_WEIGHT = 1;
    private static final double PRIOR_SHAPE = 2;
    private static final double PRIOR_RATE = 1;

    private final int states;
    private final int actions;
    private final double priorReward;
    private final double[] dirichlet;
    private final double[] visits;
    private final double[] rewardSum;
    private final double[] rewardSquares;

    /**
     * Creates a prior.
     *
     * @param priorCount  imaginary transitions to each next state, greater than 0
     * @param priorReward mean of every reward; above what is possible it makes an optimist
     */
    public PosteriorTable(int states, int actions, double priorCount, double priorReward) {
        this.states = Checks.positive("states", states);
        this.actions = Checks.positive("actions", actions);
        this.priorReward = priorReward;
        int pairs = Math.multiplyExact(states, actions);
        dirichlet = new double[Math.multiplyExact(pairs, states)];
        Arrays.fill(dirichlet, Checks.positive("priorCount", priorCount));
        visits = new double[pairs];
        rewardSum = new double[pairs];
        rewardSquares = new double[pairs];
    }

    /** Learns from one transition. */
    public void add(int state, int action, double reward, int next) {
        int pair = Checks.inRange("state", state, 0, states - 1) * actions + Checks.inRange("action", action, 0, actions - 1);
        dirichlet[pair * states + Checks.inRange("next", next, 0, states - 1)]++;
        visits[pair]++;
        rewardSum[pair] += reward;
        rewardSquares[pair] += reward * reward;
    }

    /** Returns the posterior mean of a reward. */
    public double rewardMean(int state, int action) {
        int pair = state * actions + action;
        return (PRIOR_WEIGHT * priorReward + rewardSum[pair]) / (PRIOR_WEIGHT + visits[pair]);
    }

    /** Returns the posterior mean. */
    public MdpTable mean() {
        double[] probability = dirichlet.clone();
        double[] reward = new double[visits.length];
        for (int pair = 0; pair < visits.length; pair++) reward[pair] = rewardMean(pair / actions, pair % actions);
        return table(probability, reward);
    }

    /** Returns one draw; draws of different seeds are independent. */
    public MdpTable draw(long seed) {
        double[] probability = new double[dirichlet.length];
        double[] reward = new double[visits.length];
        for (int pair = 0; pair < visits.length; pair++) {
            long key = CounterRandom.key(seed, pair);
            for (int s = 0; s < states; s++) {
                // Gamma draws of tiny shapes can be 0 all together; then the row is the mean's.
                probability[pair * states + s] = GammaDraw.draw(dirichlet[pair * states + s], key, s);
            }
            double sum = 0;
            for (int s = 0; s < states; s++) sum += probability[pair * states + s];
            if (!(sum > 0)) System.arraycopy(dirichlet, pair * states, probability, pair * states, states);
            double n = visits[pair];
            double mean = rewardMean(pair / actions, pair % actions);
            double average = n == 0 ? 0 : rewardSum[pair] / n;
            double spread = n == 0 ? 0 : Math.max(0, rewardSquares[pair] - n * average * average);
            double away = average - priorReward;
            double rate = PRIOR_RATE + 0.5 * spread + (n == 0 ? 0 : PRIOR_WEIGHT * n * away * away / (2 * (PRIOR_WEIGHT + n)));
            double precision = GammaDraw.draw(PRIOR_SHAPE + n / 2, key, states) / rate;
            double normal = CounterRandom.normal((int) key, (int) (key >>> 32), states + 1, 0);
            reward[pair] = mean + normal / Math.sqrt((PRIOR_WEIGHT + n) * precision);
        }
        return table(probability, reward);
    }

    /** Makes a process of weights of the next states. */
    private MdpTable table(double[] weight, double[] reward) {
        var table = new MdpTable.Builder(states, actions).start(0, 1);
        for (int pair = 0; pair < visits.length; pair++) {
            double sum = 0;
            for (int s = 0; s < states; s++) sum += weight[pair * states + s];
            for (int s = 0; s < states; s++) table.outcome(Math.min(1, weight[pair * states + s] / sum), s, reward[pair], false);
            table.endRow();
        }
        return table.build();
    }
}
