package io.ponder.planners.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.RelativeValueIteration;
import io.ponder.engine.tabular.TabularMdp;
import java.util.List;

/**
 * Holds finitely many guesses of an endless process, how much each promises (its gain), the policy that keeps the promise, and how badly
 * each explains what was seen: the sum of -ln P(s' | s, a) + (r - r(s, a))^2 / (2 scale^2) over the transitions, each capped.
 *
 * <p>Not thread-safe. Gains and policies are solved at construction; {@code observe} allocates nothing.
 */
public final class HypothesisSet {
    private static final double TOLERANCE = 1e-9;
    private static final int MOST_SWEEPS = 100_000;

    private final List<TabularMdp> hypotheses;
    private final double rewardScale;
    private final double cap;
    private final double[] gain;
    private final int[][] policy;
    private final double[] loss;

    /**
     * Creates a set and solves every member.
     *
     * @param rewardScale standard deviation of the reward, greater than 0
     * @param cap         largest loss of one transition, so that what a hypothesis calls impossible does not exclude it at once
     * @throws IllegalArgumentException if the gain of a hypothesis depends on where one starts
     */
    public HypothesisSet(List<? extends TabularMdp> hypotheses, double rewardScale, double cap) {
        this.hypotheses = List.copyOf(hypotheses);
        this.rewardScale = Checks.positive("rewardScale", rewardScale);
        this.cap = Checks.positive("cap", cap);
        int size = Checks.positive("number of hypotheses", hypotheses.size());
        gain = new double[size];
        policy = new int[size][];
        loss = new double[size];
        for (int h = 0; h < size; h++) {
            TabularMdp mdp = this.hypotheses.get(h);
            RelativeValueIteration solved = RelativeValueIteration.solve(mdp, 0.5, TOLERANCE, MOST_SWEEPS);
            if (!solved.converged()) {
                throw new IllegalArgumentException("Hypothesis " + h + " has no single gain: T h - h still differs by " + solved.residual()
                        + " between states.\nMaybe let every state be reached from every other.");
            }
            gain[h] = solved.gain();
            policy[h] = new int[mdp.stateCount()];
            for (int s = 0; s < policy[h].length; s++) policy[h][s] = solved.bestAction(s);
        }
    }

    /** Learns from one transition. */
    public void observe(int state, int action, double reward, int next) {
        for (int h = 0; h < loss.length; h++) {
            TabularMdp mdp = hypotheses.get(h);
            double p = 0;
            double expected = 0;
            for (int i = 0; i < mdp.outcomeCount(state, action); i++) {
                if (mdp.nextState(state, action, i) == next) p += mdp.probability(state, action, i);
                expected += mdp.probability(state, action, i) * mdp.reward(state, action, i);
            }
            double off = (reward - expected) / rewardScale;
            loss[h] += Math.min(cap, -Math.log(p) + off * off / 2);
        }
    }

    /** Returns the number of hypotheses. */
    public int size() {
        return loss.length;
    }

    /** Returns the loss of a hypothesis so far. */
    public double loss(int hypothesis) {
        return loss[hypothesis];
    }

    /** Returns how much a hypothesis promises per step. */
    public double gain(int hypothesis) {
        return gain[hypothesis];
    }

    /** Returns the action that is best in a state if a hypothesis is true. */
    public int action(int hypothesis, int state) {
        return policy[hypothesis][state];
    }

    /** Returns the hypothesis with the least loss, the lowest index among equals. */
    public int likeliest() {
        int best = 0;
        for (int h = 1; h < loss.length; h++) if (loss[h] < loss[best]) best = h;
        return best;
    }

    /** Returns the one that promises most among those whose loss exceeds the least by at most {@code width}. */
    public int mostPromising(double width) {
        double bound = loss[likeliest()] + width;
        int best = -1;
        for (int h = 0; h < loss.length; h++) if (loss[h] <= bound && (best < 0 || gain[h] > gain[best])) best = h;
        return best;
    }

    /** Returns a draw from the posterior, where all were equally likely before, by a uniform number from 0 to below 1. */
    public int draw(double uniform) {
        double least = loss[likeliest()];
        double total = 0;
        for (double one : loss) total += Math.exp(least - one);
        double left = uniform * total;
        for (int h = 0; h < loss.length - 1; h++) {
            left -= Math.exp(least - loss[h]);
            if (left < 0) return h;
        }
        return loss.length - 1;
    }
}
