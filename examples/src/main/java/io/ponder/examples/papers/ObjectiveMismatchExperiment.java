package io.ponder.examples.papers;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.worldmodels.linear.DiscountedRiccati;
import io.ponder.worldmodels.linear.LinearGaussianFit;
import io.ponder.worldmodels.linear.LinearGaussianModel;
import io.ponder.worldmodels.objective.ExpertDistanceWeighting;
import io.ponder.worldmodels.objective.SampleWeighting;
import org.jspecify.annotations.Nullable;

/**
 * Objective mismatch: a linear model of a pendulum, fitted to transitions from everywhere, and the linear-quadratic regulator it leads to at
 * the top. Weighted by the distance to where an expert goes, the same data give a worse model and a good controller.
 */
final class ObjectiveMismatchExperiment {
    private static final int DATA = 1000;
    private static final int WINDOW_POINTS = 40;
    private static final int STARTS = 20;
    private static final int STEPS = 150;
    private static final double WORST_STEP = 10;
    private static final double RIDGE = 1e-6;

    private ObjectiveMismatchExperiment() {}

    static Experiment experiment() {
        return Experiment.named("mismatch", "Objective mismatch and expert re-weighting")
                .paper("Lambert et al.: Objective Mismatch in Model-based Reinforcement Learning, 2020")
                .claim("Likelihood on all data misranks models; weighted towards an expert's transitions, the fit serves the controller.")
                .metric("cost of 150 steps at the top of a pendulum", Direction.LOWER)
                .method("width 0.1").baseline("width 1").control("unweighted").control("weighted to random states")
                .reference("width 0.3").reference("true linearisation")
                .detail("error everywhere, over unweighted").detail("effective samples")
                .detail("corr. everywhere, top").detail("corr. at expert, top")
                .detail("corr. everywhere, any").detail("corr. at expert, any")
                .atMost(2).beats("unweighted")
                .require("unweighted costs more than 50", outcome -> outcome.mean("unweighted") > 50)
                .require("weighted is at least 3 times worse everywhere", outcome -> outcome.mean("error everywhere, over unweighted") >= 3)
                .require("about the top, cost falls where the error everywhere rises (rank correlation < -0.5)",
                        outcome -> outcome.mean("corr. everywhere, top") < -0.5)
                .require("about the top, cost follows the error at the expert (rank correlation > 0.8)",
                        outcome -> outcome.mean("corr. at expert, top") > 0.8)
                .require("anywhere, the error everywhere tells little (rank correlation < 0.3) and that at the expert much (> 0.6)",
                        outcome -> outcome.mean("corr. everywhere, any") < 0.3 && outcome.mean("corr. at expert, any") > 0.6)
                .remark("The rank correlations are of cost with one-step error, over 200 models of 40 transitions each: from windows of angles"
                        + " of random width about the top, or about any angle.")
                .logarithmic().inTests(2)
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.FULL ? 200 : 60));
    }

    private static double[] trial(long seed, int windows) {
        TransitionStore data = uniform(DATA, 0, Math.PI, new RandomStream(seed, 0));
        TransitionStore everywhere = uniform(DATA, 0, Math.PI, new RandomStream(seed, 1));
        double[] truth = gain(new double[][] {{1 + 0.0025 * 15, 0.05}, {0.05 * 15, 1}}, new double[] {0.0075, 0.15});
        TransitionStore expert = new TransitionStore(2, 1);
        cost(truth, new RandomStream(seed, 2), expert);
        LinearGaussianModel plain = LinearGaussianFit.fit(data, RIDGE);
        TransitionStore elsewhere = uniform(expert.size(), 0, Math.PI, new RandomStream(seed, 3));
        var narrow = new ExpertDistanceWeighting(data, expert, 0.1);
        LinearGaussianModel best = LinearGaussianFit.fit(data, RIDGE, narrow);
        double[] atTop = misranking(windows, false, everywhere, expert, seed);
        double[] anywhere = misranking(windows, true, everywhere, expert, seed);
        return new double[] {
            cost(best, seed),
            cost(LinearGaussianFit.fit(data, RIDGE, new ExpertDistanceWeighting(data, expert, 1)), seed),
            cost(plain, seed),
            cost(LinearGaussianFit.fit(data, RIDGE, new ExpertDistanceWeighting(data, elsewhere, 0.1)), seed),
            cost(LinearGaussianFit.fit(data, RIDGE, new ExpertDistanceWeighting(data, expert, 0.3)), seed),
            cost(truth, new RandomStream(seed, 4), null),
            error(best, everywhere) / error(plain, everywhere),
            SampleWeighting.effectiveSampleSize(SampleWeighting.ofAll(narrow, data), data.size()),
            atTop[0],
            atTop[1],
            anywhere[0],
            anywhere[1]
        };
    }

    /** Returns transitions from angles within {@code halfWidth} of {@code centre}, each an episode of its own. */
    private static TransitionStore uniform(int count, double centre, double halfWidth, RandomStream random) {
        var store = new TransitionStore(2, 1);
        for (int i = 0; i < count; i++) {
            double angle = centre + halfWidth * (2 * random.nextDouble() - 1);
            double[] state = {angle, 8 * (2 * random.nextDouble() - 1)};
            double action = 8 * (2 * random.nextDouble() - 1);
            double[] next = step(state, action);
            for (int d = 0; d < 2; d++) next[d] += 0.01 * random.nextGaussian();
            add(store, state, action, next, true);
        }
        return store;
    }

    private static double[] step(double[] state, double action) {
        double speed = state[1] + 0.05 * (15 * Math.sin(state[0]) + 3 * action);
        return new double[] {state[0] + 0.05 * speed, speed};
    }

    private static void add(TransitionStore store, double[] state, double action, double[] next, boolean last) {
        store.add(new float[] {(float) state[0], (float) state[1]}, new float[] {(float) action}, 0,
                new float[] {(float) next[0], (float) next[1]}, false, last);
    }

    private static double[] gain(double[][] a, double[] b) {
        var solution = DiscountedRiccati.solve(a, b, new double[] {1, 0.1}, 1, 1, 500, 1e6);
        return new double[] {solution.gain(0), solution.gain(1)};
    }

    private static double cost(LinearGaussianModel model, long seed) {
        double[][] a = {{model.transition(0, 0), model.transition(0, 1)}, {model.transition(1, 0), model.transition(1, 1)}};
        double[] gain = gain(a, new double[] {model.control(0, 0), model.control(1, 0)});
        return cost(gain, new RandomStream(seed, 4), null);
    }

    /** Returns the mean cost of u = -gain x from random starts, and adds the episodes to a store. */
    private static double cost(double[] gain, RandomStream random, @Nullable TransitionStore into) {
        double sum = 0;
        for (int start = 0; start < STARTS; start++) {
            double[] state = {0.4 * (2 * random.nextDouble() - 1), 0.3 * (2 * random.nextDouble() - 1)};
            for (int t = 0; t < STEPS; t++) {
                double action = Math.max(-8, Math.min(8, -gain[0] * state[0] - gain[1] * state[1]));
                sum += Math.min(WORST_STEP, state[0] * state[0] + 0.1 * state[1] * state[1] + 0.001 * action * action);
                double[] next = step(state, action);
                if (into != null) add(into, state, action, next, t == STEPS - 1);
                state = next;
            }
        }
        return sum / STARTS;
    }

    private static double error(LinearGaussianModel model, TransitionStore data) {
        var x = new float[2];
        var u = new float[1];
        var y = new float[2];
        double sum = 0;
        for (int row = 0; row < data.size(); row++) {
            data.readObservation(row, x);
            data.readAction(row, u);
            data.readNextObservation(row, y);
            for (int i = 0; i < 2; i++) {
                double error = model.transition(i, 0) * x[0] + model.transition(i, 1) * x[1] + model.control(i, 0) * u[0] + model.bias(i)
                        - y[i];
                sum += error * error / (2.0 * data.size());
            }
        }
        return sum;
    }

    /** Returns the rank correlations of cost with the error everywhere and with the error at the expert. */
    private static double[] misranking(
            int windows, boolean anywhere, TransitionStore everywhere, TransitionStore expert, long seed) {
        var random = new RandomStream(seed, 5);
        double[] far = new double[windows];
        double[] near = new double[windows];
        double[] cost = new double[windows];
        for (int i = 0; i < windows; i++) {
            double halfWidth = 0.2 + (Math.PI - 0.2) * random.nextDouble();
            double centre = anywhere ? (Math.PI - halfWidth) * (2 * random.nextDouble() - 1) : 0;
            LinearGaussianModel model = LinearGaussianFit.fit(uniform(WINDOW_POINTS, centre, halfWidth, random), RIDGE);
            far[i] = error(model, everywhere);
            near[i] = error(model, expert);
            cost[i] = cost(model, seed);
        }
        return new double[] {RankCorrelation.spearman(far, cost), RankCorrelation.spearman(near, cost)};
    }
}
