package io.ponder.examples.papers;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.engine.train.PlannerPolicy;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.worldmodels.abstraction.ActionDecoder;
import io.ponder.worldmodels.abstraction.PredictabilityReward;
import io.ponder.worldmodels.abstraction.TanhDecoder;
import io.ponder.worldmodels.linear.LinearGaussianFit;
import io.ponder.worldmodels.linear.LinearGaussianModel;
import io.ponder.worldmodels.wrappers.KnownReward;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Predictable actions: a point on a plane is pushed by two entries of an action; the third moves nothing but makes everything noisy. A
 * low-level policy of two latent entries is searched by the cross-entropy method for what its outcomes tell about them; then a planner
 * reaches goals in a linear model over latent actions, or over the raw ones.
 */
final class PredictableActionsExperiment {
    private static final int LATENTS = 2;
    private static final int ACTIONS = 3;
    private static final int CANDIDATES = 64;
    private static final int ELITES = 8;
    private static final int SAMPLES = 256;
    private static final int OTHERS = 32;
    private static final double VARIANCE = 0.1;
    private static final int GOALS = 25;
    private static final int STEPS = 15;
    private static final double RADIUS = 2.5;

    private PredictableActionsExperiment() {}

    static Experiment experiment() {
        return Experiment.named("predictable", "Predictable MDP abstraction")
                .paper("Park and Levine: Predictable MDP Abstraction for Unsupervised Model-Based RL, 2023")
                .claim("A low-level policy rewarded for predictable and different outcomes drops the action that only makes noise.")
                .metric("return of 15 steps towards a goal, mean of 25 goals", Direction.HIGHER)
                .method("abstract actions").control("raw actions").control("without contrast")
                .detail("largest noisy entry").detail("largest noisy entry, no contrast").detail("area of moves")
                .detail("error, abstract").detail("error, raw")
                .atLeastAbove(2, "raw actions").beats("raw actions")
                .require("the noisy entry is dropped on every seed (< 0.15)",
                        outcome -> Arrays.stream(outcome.values("largest noisy entry")).allMatch(entry -> entry < 0.15))
                .require("one-step error at least 20 times lower", outcome -> outcome.mean("error, raw") > 20 * outcome.mean("error, abstract"))
                .slow()
                .trial((seed, scale, curves) -> trial(seed));
    }

    private static double[] trial(long seed) {
        float[] weights = search(seed, true);
        float[] predictable = search(seed, false);
        var decoder = new TanhDecoder(LATENTS, ACTIONS, weights);
        var blunt = new TanhDecoder(LATENTS, ACTIONS, predictable);
        ActionDecoder raw = new ActionDecoder() {
            @Override
            public int latentSize() {
                return ACTIONS;
            }

            @Override
            public int actionSize() {
                return ACTIONS;
            }

            @Override
            public void decode(float[] observations, float[] latents, int columns, float[] actions) {
                System.arraycopy(latents, 0, actions, 0, ACTIONS * columns);
            }
        };
        LinearGaussianModel abstractModel = learn(decoder, seed);
        LinearGaussianModel rawModel = learn(raw, seed);
        return new double[] {
            reach(decoder, abstractModel, seed), reach(raw, rawModel, seed), reach(blunt, learn(blunt, seed), seed),
            noisyEntry(weights), noisyEntry(predictable),
            Math.abs(weights[0] * weights[ACTIONS + 1] - weights[1] * weights[ACTIONS]),
            abstractModel.covariance(0, 0) + abstractModel.covariance(1, 1), rawModel.covariance(0, 0) + rawModel.covariance(1, 1)
        };
    }

    private static double noisyEntry(float[] weights) {
        return Math.tanh(Math.abs(weights[2]) + Math.abs(weights[ACTIONS + 2]));
    }

    private static void advance(float[] p, float[] action, RandomStream random) {
        double noise = 0.02 + 0.8 * Math.abs(action[2]);
        for (int d = 0; d < 2; d++) p[d] += (float) (0.3 * Math.max(-1, Math.min(1, action[d])) + noise * random.nextGaussian());
    }

    /** Returns W by the cross-entropy method. */
    private static float[] search(long seed, boolean contrast) {
        int size = LATENTS * ACTIONS;
        double[] mean = new double[size];
        double[] deviation = new double[size];
        Arrays.fill(deviation, 0.6);
        double scale = 0;
        for (int iteration = 0; iteration < 40; iteration++) {
            var random = new RandomStream(CounterRandom.key(seed, contrast ? 1 : 2), iteration);
            float[][] candidates = new float[CANDIDATES][size];
            double[] scores = new double[CANDIDATES];
            double[] spread = new double[CANDIDATES];
            for (int c = 0; c < CANDIDATES; c++) {
                for (int i = 0; i < size; i++) candidates[c][i] = (float) (mean[i] + deviation[i] * random.nextGaussian());
                scores[c] = score(new TanhDecoder(LATENTS, ACTIONS, candidates[c]), contrast, scale, spread, c, random);
            }
            Integer[] order = new Integer[CANDIDATES];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingDouble(c -> -scores[c]));
            for (int i = 0; i < size; i++) {
                double sum = 0;
                double squares = 0;
                for (int e = 0; e < ELITES; e++) {
                    double x = candidates[order[e]][i];
                    sum += x / ELITES;
                    squares += x * x / ELITES;
                }
                mean[i] = sum;
                deviation[i] = Math.sqrt(Math.max(0, squares - sum * sum)) + 0.01;
            }
            scale = 0;
            for (int e = 0; e < ELITES; e++) scale += spread[order[e]] / ELITES;
        }
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) weights[i] = (float) mean[i];
        return weights;
    }

    /**
     * Returns the mean reward of a low-level policy, with a linear predictor of the change fitted to the same samples.
     *
     * @param scale  what changes are divided by: the spread of the elites before (a policy divided by its own spread can hide in noise); 0
     *               for its own
     * @param spread receives the spread of the changes at {@code index}
     */
    private static double score(
            ActionDecoder decoder, boolean contrast, double scale, double[] spread, int index, RandomStream random) {
        float[] latents = new float[LATENTS * SAMPLES];
        for (int i = 0; i < latents.length; i++) latents[i] = 2 * random.nextFloat() - 1;
        float[] actions = new float[ACTIONS * SAMPLES];
        decoder.decode(new float[2 * SAMPLES], latents, SAMPLES, actions);
        double[][] change = new double[2][SAMPLES];
        for (int k = 0; k < SAMPLES; k++) {
            float[] p = new float[2];
            advance(p, new float[] {actions[k], actions[SAMPLES + k], actions[2 * SAMPLES + k]}, random);
            for (int d = 0; d < 2; d++) change[d][k] = p[d];
        }
        double[][] slopes = new double[2][];
        for (int d = 0; d < 2; d++) {
            double squares = 0;
            for (double x : change[d]) squares += x * x / SAMPLES;
            spread[index] += 0.5 * Math.sqrt(squares);
            double divisor = !contrast ? 0.3 : scale > 0 ? scale : Math.sqrt(squares);
            for (int k = 0; k < SAMPLES; k++) change[d][k] /= divisor;
            slopes[d] = regress(latents, change[d]);
        }
        double[] others = new double[OTHERS];
        double sum = 0;
        for (int k = 0; k < SAMPLES; k++) {
            double own = logDensity(slopes, latents, k, change, k);
            for (int l = 0; l < OTHERS; l++) others[l] = logDensity(slopes, latents, (k + 1 + l * 7) % SAMPLES, change, k);
            sum += contrast ? PredictabilityReward.of(own, others, OTHERS) : own;
        }
        return sum / SAMPLES;
    }

    /** Returns the least-squares slopes of y by the two latent entries. */
    private static double[] regress(float[] latents, double[] y) {
        double xx = 0;
        double xz = 0;
        double zz = 0;
        double xy = 0;
        double zy = 0;
        for (int k = 0; k < SAMPLES; k++) {
            double x = latents[k];
            double z = latents[SAMPLES + k];
            xx += x * x;
            xz += x * z;
            zz += z * z;
            xy += x * y[k];
            zy += z * y[k];
        }
        double determinant = xx * zz - xz * xz;
        return new double[] {(zz * xy - xz * zy) / determinant, (xx * zy - xz * xy) / determinant};
    }

    private static double logDensity(double[][] slopes, float[] latents, int latent, double[][] change, int k) {
        double sum = 0;
        for (int d = 0; d < 2; d++) {
            double error = change[d][k] - slopes[d][0] * latents[latent] - slopes[d][1] * latents[SAMPLES + latent];
            sum -= error * error / (2 * VARIANCE);
        }
        return sum;
    }

    /** Fits a linear model over latent actions to random ones. */
    private static LinearGaussianModel learn(ActionDecoder decoder, long seed) {
        var random = new RandomStream(seed, 3);
        var store = new TransitionStore(2, decoder.latentSize());
        float[] latent = new float[decoder.latentSize()];
        float[] action = new float[ACTIONS];
        for (int i = 0; i < 1000; i++) {
            float[] p = {(float) (RADIUS * random.nextGaussian()), (float) (RADIUS * random.nextGaussian())};
            float[] before = p.clone();
            for (int z = 0; z < latent.length; z++) latent[z] = 2 * random.nextFloat() - 1;
            decoder.decode(p, latent, 1, action);
            advance(p, action, random);
            store.add(before, latent, 0, p, false, true);
        }
        return LinearGaussianFit.fit(store, 1e-6);
    }

    private static double reach(ActionDecoder decoder, LinearGaussianModel model, long seed) {
        var random = new RandomStream(seed, 4);
        double sum = 0;
        for (int goal = 0; goal < GOALS; goal++) {
            double angle = 2 * Math.PI * random.nextDouble();
            float x = (float) (RADIUS * Math.cos(angle));
            float y = (float) (RADIUS * Math.sin(angle));
            RewardFunction reward = (before, actions, next, columns, out) -> {
                for (int k = 0; k < columns; k++) out[k] = -(float) Math.hypot(next[k] - x, next[columns + k] - y);
            };
            sum += episode(decoder, new KnownReward(model.withSampling(false), reward), x, y, CounterRandom.key(seed, 100 + goal)) / GOALS;
        }
        return sum;
    }

    private static double episode(ActionDecoder decoder, WorldModel model, float goalX, float goalY, long seed) {
        float[] low = new float[decoder.latentSize()];
        float[] high = new float[decoder.latentSize()];
        Arrays.fill(low, -1);
        Arrays.fill(high, 1);
        var planner = Mppi.planner(Problem.of(model, low, high),
                MppiParameters.DEFAULT.withHorizon(8).withIterations(4).withCandidates(128), Execution.rows(1));
        var policy = new PlannerPolicy(planner, model, Budget.UNLIMITED, false);
        policy.beginEpisode(seed);
        var random = new RandomStream(seed, 0);
        float[] p = new float[2];
        float[] latent = new float[decoder.latentSize()];
        float[] action = new float[ACTIONS];
        double sum = 0;
        for (int t = 0; t < STEPS; t++) {
            policy.act(p, latent);
            decoder.decode(p, latent, 1, action);
            advance(p, action, random);
            sum -= Math.hypot(p[0] - goalX, p[1] - goalY);
        }
        return sum;
    }
}
