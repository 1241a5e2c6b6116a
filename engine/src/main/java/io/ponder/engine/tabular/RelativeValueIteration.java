package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Finds the largest average reward a step, the gain, of a finite process that never ends: relative value iteration (White 1963;
 * Puterman 1994, section 8.5.5), in which each sweep goes only part of the way, so that periodic chains converge too.
 *
 * <p>Immutable and safe for several threads.
 */
public final class RelativeValueIteration {
    private final TabularMdp mdp;
    private final double gain;
    private final double[] bias;
    private final double span;
    private final boolean converged;

    private RelativeValueIteration(TabularMdp mdp, double gain, double[] bias, double span, boolean converged) {
        this.mdp = mdp;
        this.gain = gain;
        this.bias = bias;
        this.span = span;
        this.converged = converged;
    }

    /**
     * Solves a process.
     *
     * @param laziness  how much of the old values is kept in each sweep, from 0 to below 1; 0.5 is safe
     * @param tolerance stops when T h - h differs by no more than this between states
     * @param maxSweeps stops after so many sweeps at the latest; a process whose gain depends on the state never converges
     * @throws IllegalArgumentException if a transition ends the episode
     */
    public static RelativeValueIteration solve(TabularMdp mdp, double laziness, double tolerance, int maxSweeps) {
        Checks.inRange("laziness", laziness, 0, Math.nextDown(1.0));
        Checks.positive("maxSweeps", maxSweeps);
        requireEndless(mdp);
        int states = mdp.stateCount();
        double[] bias = new double[states];
        double[] next = new double[states];
        double gain = 0;
        double span = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < maxSweeps && !(span <= tolerance); sweep++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < states; s++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < mdp.actionCount(); a++) best = Math.max(best, mdp.backup(s, a, 1, bias));
                low = Math.min(low, best - bias[s]);
                high = Math.max(high, best - bias[s]);
                next[s] = laziness * bias[s] + (1 - laziness) * best;
            }
            gain = (low + high) / 2;
            span = high - low;
            for (int s = 0; s < states; s++) bias[s] = next[s] - next[0];
        }
        return new RelativeValueIteration(mdp, gain, bias, span, span <= tolerance);
    }

    private static void requireEndless(TabularMdp mdp) {
        for (int s = 0; s < mdp.stateCount(); s++) {
            for (int a = 0; a < mdp.actionCount(); a++) {
                for (int i = 0; i < mdp.outcomeCount(s, a); i++) {
                    if (mdp.terminated(s, a, i)) {
                        throw new IllegalArgumentException("State " + s + ", action " + a + " can end the episode, but an average over time "
                                + "needs a process that never ends.\nMaybe lead that outcome back to a start.");
                    }
                }
            }
        }
    }

    /** Returns the gain; it is off by at most half the tolerance where it converged. */
    public double gain() {
        return gain;
    }

    /** Returns the bias of a state relative to state 0. */
    public double bias(int state) {
        return bias[state];
    }

    /** Returns the difference between the largest and the smallest bias. */
    public double biasSpan() {
        double low = 0;
        double high = 0;
        for (double one : bias) {
            low = Math.min(low, one);
            high = Math.max(high, one);
        }
        return high - low;
    }

    /** Returns the best action of a state, the lowest index among equals. */
    public int bestAction(int state) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < mdp.actionCount(); a++) {
            double q = mdp.backup(state, a, 1, bias);
            if (q > highest) {
                highest = q;
                best = a;
            }
        }
        return best;
    }

    /** Returns by how much T h - h still differed between states. */
    public double residual() {
        return span;
    }

    /** Tells whether the tolerance was reached. */
    public boolean converged() {
        return converged;
    }
}
