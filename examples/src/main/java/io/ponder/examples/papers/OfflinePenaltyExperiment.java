package io.ponder.examples.papers;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.engine.train.FitLoop;
import io.ponder.engine.train.FitParameters;
import io.ponder.engine.train.PlannerPolicy;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.uncertainty.EnsembleUncertainty;
import io.ponder.worldmodels.uncertainty.ScaledUncertainty;
import io.ponder.worldmodels.wrappers.HaltOnUncertainty;
import io.ponder.worldmodels.wrappers.UncertaintyPenalty;

/**
 * Offline planning: a boat is to get as near as it can to a beacon. The data were made in the middle of a lake with currents; beyond a ring,
 * where nobody went, there is a fall. CEM plans in an ensemble learned from the data, with and without pessimism, and sails on the real lake.
 */
final class OfflinePenaltyExperiment {
    private static final int EPISODES = 40;
    private static final int EPISODE = 40;
    private static final int STEPS = 40;
    private static final double SAILED = 0.6;
    private static final double FALL = 0.9;
    private static final double BEACON = 1.2;
    private static final double NOISE = 0.001;
    private static final RewardFunction REWARD = (before, actions, next, columns, out) -> {
        for (int k = 0; k < columns; k++) out[k] = -(float) Math.hypot(next[k] - BEACON, next[columns + k]);
    };

    private OfflinePenaltyExperiment() {}

    static Experiment experiment() {
        return Experiment.named("offline", "Offline planning with penalties (MOPO) and halts (MOReL)")
                .paper("Yu et al.: MOPO, 2020; Kidambi et al.: MOReL, 2020; Lu et al.: Revisiting Design Choices, 2022")
                .claim("A planner keeps to where the data are when it pays for the ensemble's uncertainty; paying too much, it hardly moves.")
                .metric("return of 40 real steps (minus the distance to the beacon)", Direction.HIGHER)
                .method("penalty 0.3").method("halt above 2.5").baseline("penalty 0.1").baseline("penalty 1").control("penalty 0")
                .control("penalty 30").reference("true model")
                .atLeastAbove(40, "penalty 0").atLeastAbove(4, "penalty 30").beats("penalty 0")
                .trial((seed, scale, curves) -> trial(seed));
    }

    private static void advance(double[] p, double[] action, double noise, RandomStream random) {
        if (Math.hypot(p[0], p[1]) > FALL) {
            p[0] = -3;
            p[1] = 0;
            return;
        }
        double x = p[0];
        p[0] += 0.15 * Math.max(-1, Math.min(1, action[0])) + 0.05 * Math.sin(6 * p[1]) + noise * random.nextGaussian();
        p[1] += 0.15 * Math.max(-1, Math.min(1, action[1])) + 0.05 * Math.cos(6 * x) + noise * random.nextGaussian();
    }

    private static TransitionStore data(RandomStream random) {
        var store = new TransitionStore(2, 2);
        for (int episode = 0; episode < EPISODES; episode++) {
            double[] p = {0.3 * random.nextGaussian(), 0.3 * random.nextGaussian()};
            for (int t = 0; t < EPISODE && Math.hypot(p[0], p[1]) < SAILED; t++) {
                float[] before = {(float) p[0], (float) p[1]};
                double[] action = {2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1};
                advance(p, action, NOISE, random);
                store.add(before, new float[] {(float) action[0], (float) action[1]}, 0, new float[] {(float) p[0], (float) p[1]}, false, false);
            }
            store.beginEpisode();
        }
        return store;
    }

    private static double[] trial(long seed) {
        TransitionStore data = data(new RandomStream(seed, 0));
        LearnedChain chain = LearnedChain.of(2, 2).reward(REWARD).ensemble(EnsembleParameters.small().withSize(2, 32).withProbabilistic(false))
                .propagation(ParticlePropagation.TS1, false).seed(CounterRandom.key(seed, 1)).build();
        new FitLoop(FitParameters.defaults().withMaximumEpochs(100), CounterRandom.key(seed, 2)).fit(chain.learner(), data);
        float[] scale = {0.1f, 0.1f};
        EnsembleView ensemble = chain.predictor();
        var deviation = ScaledUncertainty.meanOne(EnsembleUncertainty.ENSEMBLE_DEVIATION, ensemble, data, scale);
        var pairwise = ScaledUncertainty.meanOne(EnsembleUncertainty.MAX_PAIRWISE, ensemble, data, scale);
        WorldModel model = chain.model();
        return new double[] {
            run(new UncertaintyPenalty(model, deviation, scale, 0.3), seed),
            run(new HaltOnUncertainty(model, pairwise, scale, 2.5, -100), seed),
            run(new UncertaintyPenalty(model, deviation, scale, 0.1), seed),
            run(new UncertaintyPenalty(model, deviation, scale, 1), seed),
            run(model, seed),
            run(new UncertaintyPenalty(model, deviation, scale, 30), seed),
            run(truth(), seed)
        };
    }

    private static WorldModel truth() {
        return LambdaModel.of(2, 2, (x, u, next) -> {
            double[] p = {x[0], x[1]};
            advance(p, new double[] {u[0], u[1]}, 0, new RandomStream(0, 0));
            next[0] = (float) p[0];
            next[1] = (float) p[1];
            return -Math.hypot(p[0] - BEACON, p[1]);
        });
    }

    private static double run(WorldModel model, long seed) {
        Problem problem = Problem.of(model, new float[] {-1, -1}, new float[] {1, 1});
        var planner = Cem.planner(problem, CemParameters.DEFAULT.withHorizon(10).withIterations(3).withCandidates(100, 12), Execution.rows(1));
        var policy = new PlannerPolicy(planner, model, Budget.UNLIMITED, false);
        policy.beginEpisode(CounterRandom.key(seed, 3));
        var random = new RandomStream(seed, 4);
        double[] p = {0, 0};
        float[] action = new float[2];
        double sum = 0;
        for (int t = 0; t < STEPS; t++) {
            policy.act(new float[] {(float) p[0], (float) p[1]}, action);
            advance(p, new double[] {action[0], action[1]}, NOISE, random);
            sum -= Math.hypot(p[0] - BEACON, p[1]);
        }
        return sum;
    }
}
