package io.ponder.worldmodels.objective;

import io.ponder.engine.Checks;

/**
 * Chooses among candidates online by exponential weights: p_i proportional to exp(-rate * loss of i so far) (Freund and Schapire 1997). Its
 * regret against the best candidate grows with the root of the rounds, whatever the losses are; fed with the losses of models on the
 * data of the policies that they led to, it is the no-regret model update of LAMPS (Vemula et al. 2023, algorithm 1).
 *
 * <p>Not thread-safe; allocates nothing.
 */
public final class Hedge {
    private final double rate;
    private final double[] total;

    /**
     * Creates uniform weights.
     *
     * @param candidates number of candidates, at least 1
     * @param rate       learning rate, greater than 0; sqrt(8 ln(candidates) / rounds) where losses lie in [0, 1] and the rounds are known
     */
    public Hedge(int candidates, double rate) {
        total = new double[Checks.positive("candidates", candidates)];
        this.rate = Checks.positive("rate", rate);
    }

    /** Adds the losses of a round, {@code [candidates]}. Not modified. */
    public void observe(double[] losses) {
        Checks.same("number of losses", losses.length, "candidates", total.length);
        for (int i = 0; i < total.length; i++) total[i] += Checks.inRange("losses[" + i + "]", losses[i], -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /** Returns the probability of a candidate. */
    public double probability(int candidate) {
        double sum = 0;
        for (double other : total) sum += Math.exp(rate * (total[candidate] - other));
        return 1 / sum;
    }

    /** Returns the candidate at a uniform number in [0, 1) of the distribution. */
    public int draw(double uniform) {
        double left = uniform;
        for (int i = 0; i < total.length - 1; i++) {
            left -= probability(i);
            if (left < 0) return i;
        }
        return total.length - 1;
    }

    /** Returns the candidate of the least loss so far, the first among equals. */
    public int best() {
        int best = 0;
        for (int i = 1; i < total.length; i++) if (total[i] < total[best]) best = i;
        return best;
    }
}
