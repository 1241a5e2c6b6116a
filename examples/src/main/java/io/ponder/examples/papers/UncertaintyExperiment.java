package io.ponder.examples.papers;

import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.engine.train.FitLoop;
import io.ponder.engine.train.FitParameters;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.ensemble.Propagation;
import io.ponder.worldmodels.uncertainty.EnsembleUncertainty;
import io.ponder.worldmodels.uncertainty.Forecast;
import java.util.Arrays;

/**
 * Calibration of uncertainty estimates: an ensemble learns a pendulum from weak torques near the bottom, imagines 300 rollouts of 20 steps
 * under strong ones, and says at every step how little it knows; the exact equations say how wrong it is.
 */
final class UncertaintyExperiment {
    private static final int EPISODES = 20;
    private static final int STEPS = 150;
    private static final int ROLLOUTS = 300;
    private static final int IMAGINED = 20;

    private UncertaintyExperiment() {}

    static Experiment experiment() {
        return Experiment.named("uncertainty", "Six uncertainty estimates of an ensemble")
                .paper("Lu et al.: Revisiting Design Choices in Offline Model-Based Reinforcement Learning, 2022")
                .claim("Where a model is wrong, the spread of the ensemble's mixture says so best; densities of what was drawn do not.")
                .metric("correlation of estimate and one-step error on imagined rollouts (Pearson)", Direction.HIGHER)
                .method("ensemble deviation").baseline("max pairwise").baseline("ensemble variance").control("max aleatoric")
                .control("likelihood variance").control("leave-one-out KL")
                .detail("rank, ensemble deviation").detail("rank, max pairwise").detail("rank, ensemble variance")
                .detail("rank, max aleatoric").detail("rank, likelihood variance").detail("rank, leave-one-out KL")
                .atLeast(0.6).beats("likelihood variance").beats("leave-one-out KL")
                .require("0.2 above likelihood variance and 0.1 above leave-one-out KL",
                        outcome -> outcome.mean("ensemble deviation") > 0.2 + outcome.mean("likelihood variance")
                                && outcome.mean("ensemble deviation") > 0.1 + outcome.mean("leave-one-out KL"))
                .remark("By ranks alone the two density estimates do well here; it is their size that says little about the size of the error."
                        + " The members' own noise (aleatoric) shrinks where they are wrong.")
                .slow()
                .trial((seed, scale, curves) -> trial(seed));
    }

    private static TransitionStore data(long seed) {
        var store = new TransitionStore(2, 1);
        var random = new RandomStream(seed, 0);
        double[] state = new double[2];
        for (int episode = 0; episode < EPISODES; episode++) {
            state[0] = Math.PI + 0.3 * random.nextGaussian();
            state[1] = 0.5 * random.nextGaussian();
            for (int t = 0; t < STEPS; t++) {
                float[] before = {(float) state[0], (float) state[1]};
                double torque = 0.5 * (2 * random.nextDouble() - 1);
                PendulumEquations.advance(state, torque);
                store.add(before, new float[] {(float) torque}, 0, new float[] {(float) state[0], (float) state[1]}, false, t == STEPS - 1);
            }
        }
        return store;
    }

    private static double[] trial(long seed) {
        TransitionStore data = data(seed);
        LearnedChain chain = LearnedChain.of(2, 1).angles(0).learnReward()
                .ensemble(EnsembleParameters.small().withMembers(7).withLearningRate(1e-3)).seed(CounterRandom.key(seed, 1)).build();
        new FitLoop(FitParameters.defaults().withBatchSize(128).withMaximumEpochs(60), CounterRandom.key(seed, 2)).fit(chain.learner(), data);
        Propagation model = chain.propagated(ParticlePropagation.TS1, true);
        EnsembleUncertainty[] estimators = {
            EnsembleUncertainty.ENSEMBLE_DEVIATION, EnsembleUncertainty.MAX_PAIRWISE, EnsembleUncertainty.ENSEMBLE_VARIANCE,
            EnsembleUncertainty.MAX_ALEATORIC, EnsembleUncertainty.LIKELIHOOD_VARIANCE, EnsembleUncertainty.LEAVE_ONE_OUT_KL
        };
        double[][] scores = new double[estimators.length][ROLLOUTS * IMAGINED];
        double[] errors = new double[ROLLOUTS * IMAGINED];
        imagine(model, data, estimators, scores, errors, new RandomStream(seed, 3));
        double[] distances = new double[errors.length];
        Arrays.setAll(distances, i -> Math.sqrt(errors[i]));
        double[] correlations = new double[2 * estimators.length];
        for (int i = 0; i < estimators.length; i++) {
            correlations[i] = RankCorrelation.pearson(scores[i], distances);
            correlations[estimators.length + i] = RankCorrelation.spearman(scores[i], distances);
        }
        return correlations;
    }

    private static void imagine(
            Propagation model, TransitionStore data, EnsembleUncertainty[] estimators, double[][] scores, double[] errors, RandomStream random) {
        var forecast = new Forecast(model, 2);
        scale(data, forecast.scale());
        var state = new ModelState(model.spec(), ROLLOUTS);
        var out = new StepBuffer(model.spec(), ROLLOUTS);
        var keys = new ColumnKeys(ROLLOUTS).resize(ROLLOUTS);
        keys.set(0, ROLLOUTS, random.nextLong(), 0);
        int[] rows = new int[ROLLOUTS];
        for (int k = 0; k < ROLLOUTS; k++) rows[k] = random.nextInt(data.size());
        data.gatherObservations(rows, 0, ROLLOUTS, state.resize(ROLLOUTS).values(), 0);
        var actions = new float[ROLLOUTS];
        var means = new Prediction(model.members(), model.targetSize(), ROLLOUTS);
        var score = new float[ROLLOUTS];
        for (int t = 0; t < IMAGINED; t++) {
            for (int k = 0; k < ROLLOUTS; k++) actions[k] = 2 * (2 * random.nextFloat() - 1);
            model.step(state, actions, keys.step(t), out);
            forecast.predict(model, state.values(), actions, ROLLOUTS);
            System.arraycopy(out.next().values(), 0, forecast.next(), 0, 2 * ROLLOUTS);
            for (int k = 0; k < ROLLOUTS; k++) forecast.member()[k] = k % model.members();
            model.predictAll(state.values(), actions, ROLLOUTS, means);
            for (int k = 0; k < ROLLOUTS; k++) {
                errors[t * ROLLOUTS + k] = error(model, means, forecast.scale(), state.values(), actions[k], k);
            }
            for (int i = 0; i < estimators.length; i++) {
                estimators[i].score(forecast, score);
                for (int k = 0; k < ROLLOUTS; k++) scores[i][t * ROLLOUTS + k] = score[k];
            }
            state.copyFrom(out.next());
        }
    }

    /** Writes the standard deviations of the changes. */
    private static void scale(TransitionStore data, float[] scale) {
        double[] squares = new double[2];
        float[] x = new float[2];
        float[] y = new float[2];
        for (int row = 0; row < data.size(); row++) {
            data.readObservation(row, x);
            data.readNextObservation(row, y);
            for (int d = 0; d < 2; d++) squares[d] += (y[d] - x[d]) * (y[d] - x[d]) / (double) data.size();
        }
        Arrays.setAll(squares, d -> Math.sqrt(squares[d]));
        for (int d = 0; d < 2; d++) scale[d] = (float) squares[d];
    }

    /** Returns the squared distance of the mean of all members from what the equations say. */
    private static double error(Propagation model, Prediction means, float[] scale, float[] states, float action, int k) {
        double[] truth = {states[k], states[ROLLOUTS + k]};
        PendulumEquations.advance(truth, PendulumEquations.torque(action));
        double sum = 0;
        for (int d = 0; d < 2; d++) {
            double mean = 0;
            for (int e = 0; e < model.members(); e++) mean += means.mean()[(e * model.targetSize() + d) * ROLLOUTS + k] / model.members();
            sum += (mean - truth[d]) * (mean - truth[d]) / (scale[d] * scale[d]);
        }
        return sum;
    }
}
