package io.ponder.worldmodels.tabular;

import io.ponder.engine.Checks;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.TabularMdp;
import java.util.Arrays;
import java.util.List;

/**
 * Corrects a finite model so that the expectations of some functions of the next state (features, such as value functions) are those that
 * the world was asked for: every row becomes the distribution nearest to it, by relative entropy, that has them.
 *
 * <p>Features are centred and scaled over the states first. Without a ridge they are also made orthogonal, which spans the same corrections
 * and keeps the equations well conditioned where successive value functions are nearly equal; what then is left of a feature below 1e-7 of
 * it is dropped. With a ridge they are not, so that it damps the small differences of such functions, which are mostly noise of the samples.
 *
 * <p>Source: A. Rakhsha and others, "Maximum Entropy Model Correction in Reinforcement Learning", 2024, section 3.
 */
public final class MaxEntropyCorrection {
    /** What is left of a feature after the others were taken out of it, relative to its size, below which it says nothing new. */
    private static final double NOTHING_NEW = 1e-7;

    private final double margin;
    private final double ridge;

    /** Creates a correction; see {@link MaxEntropyDual} for both numbers. Both are 0 for exact expectations and above for samples. */
    public MaxEntropyCorrection(double margin, double ridge) {
        this.margin = Checks.inRange("margin", margin, 0, 0.5);
        this.ridge = Checks.inRange("ridge", ridge, 0, Double.MAX_VALUE);
    }

    /**
     * Returns the corrected model.
     *
     * @param model    what is corrected
     * @param features functions of the state, each {@code [states]}; an outcome that ends the episode has feature 0. Not modified.
     * @param wanted   of each feature {@code [states x actions]} its expectation after (state, action). Not modified.
     */
    public MdpTable correct(TabularMdp model, List<double[]> features, List<double[]> wanted) {
        Checks.same("number of expectations", wanted.size(), "number of features", features.size());
        int states = model.stateCount();
        int actions = model.actionCount();
        double[][] basis = new double[features.size()][];
        double[][] psi = new double[features.size()][];
        int kept = orthogonal(features, wanted, states, states * actions, basis, psi);
        var dual = new MaxEntropyDual(Math.max(1, kept), margin, ridge);
        var table = new MdpTable.Builder(states, actions);
        for (int s = 0; s < states; s++) table.start(s, model.startProbability(s));
        double[] target = new double[Math.max(1, kept)];
        for (int pair = 0; pair < states * actions; pair++) {
            int s = pair / actions;
            int a = pair % actions;
            int n = model.outcomeCount(s, a);
            double[] p = new double[n];
            double[] q = new double[n];
            double[] phi = new double[n * Math.max(1, kept)];
            for (int i = 0; i < n; i++) {
                p[i] = model.probability(s, a, i);
                int place = model.terminated(s, a, i) ? states : model.nextState(s, a, i);
                for (int f = 0; f < kept; f++) phi[f * n + i] = basis[f][place];
            }
            for (int f = 0; f < kept; f++) target[f] = psi[f][pair];
            if (kept > 0) dual.correct(n, p, phi, target, q);
            else System.arraycopy(p, 0, q, 0, n);
            for (int i = 0; i < n; i++) table.outcome(Math.min(1, q[i]), model.nextState(s, a, i), model.reward(s, a, i), model.terminated(s, a, i));
            table.endRow();
        }
        return table.build();
    }

    /** Fills {@code basis} over the states and one place for "ended", and the expectations likewise; returns how many are left. */
    private int orthogonal(List<double[]> features, List<double[]> wanted, int states, int pairs, double[][] basis, double[][] psi) {
        boolean exact = ridge == 0;
        int kept = 0;
        for (int j = 0; j < features.size(); j++) {
            double[] phi = new double[states + 1];
            System.arraycopy(features.get(j), 0, phi, 0, states);
            double[] expected = Arrays.copyOf(wanted.get(j), pairs);
            double mean = 0;
            for (int s = 0; s < states; s++) mean += phi[s] / states;
            shift(phi, expected, -mean);
            double size = norm(phi, states);
            for (int f = 0; exact && f < kept; f++) {
                double share = 0;
                for (int s = 0; s < states; s++) share += phi[s] * basis[f][s] / states;
                for (int s = 0; s <= states; s++) phi[s] -= share * basis[f][s];
                for (int i = 0; i < pairs; i++) expected[i] -= share * psi[f][i];
            }
            double left = norm(phi, states);
            if (!(left > NOTHING_NEW * size) || !(size > 0)) continue;
            for (int s = 0; s <= states; s++) phi[s] /= left;
            for (int i = 0; i < pairs; i++) expected[i] /= left;
            basis[kept] = phi;
            psi[kept++] = expected;
        }
        return kept;
    }

    private static void shift(double[] phi, double[] expected, double by) {
        for (int s = 0; s < phi.length; s++) phi[s] += by;
        for (int i = 0; i < expected.length; i++) expected[i] += by;
    }

    /** Returns the root of the mean square over the states. */
    private static double norm(double[] phi, int states) {
        double sum = 0;
        for (int s = 0; s < states; s++) sum += phi[s] * phi[s];
        return Math.sqrt(sum / states);
    }
}
