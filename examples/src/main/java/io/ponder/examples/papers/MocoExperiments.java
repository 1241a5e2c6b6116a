package io.ponder.examples.papers;

import io.ponder.engine.tabular.EmpiricalMdp;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.PolicyEvaluation;
import io.ponder.engine.tabular.PolicyIteration;
import io.ponder.engine.tabular.ProcessSolver;
import io.ponder.engine.tabular.QLearning;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.worldmodels.tabular.ExpectationQuery;
import io.ponder.worldmodels.tabular.MaxEntropyCorrection;
import io.ponder.worldmodels.tabular.MocoDyna;
import io.ponder.worldmodels.tabular.MocoIteration;
import io.ponder.worldmodels.tabular.OperatorSplitting;
import java.util.List;
import java.util.function.Supplier;

/** Maximum-entropy model correction on cliff walks whose slipperiness and rewards the seed decides, with smoothed (wrong) models. */
final class MocoExperiments {
    private static final String PAPER =
            "Rakhsha, Kemertas, Ghavamzadeh, Farahmand: Maximum Entropy Model Correction in Reinforcement Learning, 2024";
    private static final double DISCOUNT = 0.9;
    private static final double[] SMOOTHING = {0.1, 0.5, 1};
    private static final int ITERATIONS = 10;

    private MocoExperiments() {}

    private static MdpTable world(long seed) {
        var random = new RandomStream(seed, 0);
        return Processes.cliff(0.85 + 0.1 * random.nextDouble(), -40 + 16 * random.nextDouble(), 15 + 10 * random.nextDouble());
    }

    /** Returns the distance from the true values, relative to their size, both summed over the states. */
    private static double error(double[] values, double[] truth) {
        double difference = 0;
        double size = 0;
        for (int s = 0; s < truth.length; s++) {
            difference += Math.abs(values[s] - truth[s]);
            size += Math.abs(truth[s]);
        }
        return difference / size;
    }

    static Experiment iteration() {
        return Experiment.named("mocovi", "MoCoVI: planning in a corrected model")
                .paper(PAPER)
                .claim("With ten questions to the world for the expectation of a value function, the plan in a corrected model is exact, "
                        + "however wrong the model, where planning in the model stays wrong and correcting rewards diverges.")
                .metric("error of the values of the optimal policy after 10 rounds, worst of smoothing 0.1, 0.5, 1", Direction.LOWER)
                .method("MoCoVI, d = 1").method("MoCoVI, d = 2").baseline("OS-VI").baseline("plan in the model").baseline("value iteration")
                .control("random features, d = 2")
                .reference("d = 1, model uniform").reference("d = 2, model uniform")
                .reference("MoCoVI, d = 2, optimising").reference("OS-VI, optimising")
                .atMost(1e-3).beats("OS-VI").beats("plan in the model").beats("value iteration")
                .require("MoCoVI with d = 2 is below 1e-5", outcome -> outcome.mean("MoCoVI, d = 2") < 1e-5)
                .require("MoCoVI with d = 2 is below 1e-5 also where it optimises", outcome -> outcome.mean("MoCoVI, d = 2, optimising") < 1e-5)
                .require("OS-VI is above 1, value iteration above 0.3",
                        outcome -> outcome.mean("OS-VI") > 1 && outcome.mean("value iteration") > 0.3)
                .curvesOver("iteration, with smoothing 1").logarithmic().inTests(2)
                .trial(MocoExperiments::iterations);
    }

    private static double[] iterations(long seed, Scale scale, Curves curves) {
        MdpTable world = world(seed);
        ProcessSolver control = ProcessSolver.optimal(DISCOUNT);
        double[] truth = control.values(world);
        ProcessSolver planner = ProcessSolver.of(optimalPolicy(world), DISCOUNT);
        ExpectationQuery query = world::expectation;
        double[] worst = new double[10];
        for (double smoothing : SMOOTHING) {
            MdpTable model = Processes.smoothed(world, smoothing, false);
            MdpTable uniform = Processes.smoothed(world, smoothing, true);
            var exact = new MaxEntropyCorrection(0, 0);
            Curves shown = smoothing == 1 ? curves : new Curves();
            double[] errors = {
                last(shown, "MoCoVI, d = 1", truth, new MocoIteration(model, query, planner, exact, 1)::next),
                last(shown, "MoCoVI, d = 2", truth, new MocoIteration(model, query, planner, exact, 2)::next),
                last(shown, "OS-VI", truth, new OperatorSplitting(model, query, planner, DISCOUNT)::next),
                error(planner.values(model), truth), 0,
                last(shown, "random features, d = 2", truth, randomFeatures(model, query, planner, seed)),
                last(shown, "d = 1, model uniform", truth, new MocoIteration(uniform, query, planner, exact, 1)::next),
                last(shown, "d = 2, model uniform", truth, new MocoIteration(uniform, query, planner, exact, 2)::next),
                last(new Curves(), "", truth, new MocoIteration(model, query, control, exact, 2)::next),
                last(new Curves(), "", truth, new OperatorSplitting(model, query, control, DISCOUNT)::next)
            };
            for (int arm = 0; arm < worst.length; arm++) worst[arm] = Math.max(worst[arm], errors[arm]);
        }
        PolicyIteration best = PolicyIteration.solve(world, DISCOUNT);
        double[] swept = new double[truth.length];
        worst[4] = last(curves, "value iteration", truth, () -> {
            double[] before = swept.clone();
            for (int s = 0; s < before.length; s++) {
                swept[s] = world.backup(s, best.bestAction(s), DISCOUNT, before);
            }
            return swept;
        });
        return worst;
    }

    private static double[] optimalPolicy(MdpTable world) {
        PolicyIteration solved = PolicyIteration.solve(world, DISCOUNT);
        int[] action = new int[world.stateCount()];
        for (int s = 0; s < action.length; s++) action[s] = solved.bestAction(s);
        return PolicyEvaluation.deterministic(action, world.actionCount());
    }

    /** The control: the same corrections, with functions that have nothing to do with values. */
    private static Supplier<double[]> randomFeatures(TabularMdp model, ExpectationQuery world, ProcessSolver planner, long seed) {
        int[] round = new int[1];
        return () -> {
            if (round[0]++ == 0) return planner.values(model);
            List<double[]> phi = new java.util.ArrayList<>();
            List<double[]> psi = new java.util.ArrayList<>();
            for (int f = 0; f < 2; f++) {
                double[] random = new double[model.stateCount()];
                long key = CounterRandom.key(seed, 100 + 2L * round[0] + f);
                for (int s = 0; s < random.length; s++) random[s] = CounterRandom.normal((int) key, (int) (key >>> 32), s, 0);
                phi.add(random);
                psi.add(world.all(random, model.actionCount()));
            }
            return planner.values(new MaxEntropyCorrection(0, 0).correct(model, phi, psi));
        };
    }

    private static double last(Curves curves, String name, double[] truth, Supplier<double[]> iteration) {
        double[] x = new double[ITERATIONS];
        double[] y = new double[ITERATIONS];
        for (int k = 0; k < ITERATIONS; k++) {
            x[k] = k;
            y[k] = error(iteration.get(), truth);
        }
        curves.add(name, x, y);
        return y[ITERATIONS - 1];
    }

    static Experiment dyna() {
        return Experiment.named("mocodyna", "MoCoDyna: learning with a model that stays wrong")
                .paper(PAPER)
                .claim("When the learned model is wrong for ever, correcting it by sampled expectations of value functions finds the values, "
                        + "where Dyna inherits the model's error and Q-learning needs far more samples.")
                .metric("error of the optimal values at the end, worst of smoothing 0.1, 0.5 and 1", Direction.LOWER)
                .method("MoCoDyna, d = 2").baseline("Dyna").baseline("Q-learning").control("expectations of the model")
                .reference("Dyna, right model")
                .atMost(0.12).beats("Dyna").beats("Q-learning")
                .require("Dyna is above 0.3, Q-learning above 0.1", outcome -> outcome.mean("Dyna") > 0.3 && outcome.mean("Q-learning") > 0.1)
                .curvesOver("transitions, with smoothing 1").logarithmic().inTests(1)
                .remark("Queries are random pairs of state and action. The last arm plans in the frequencies themselves, which only someone whose "
                        + "model can be right may do.")
                .trial(MocoExperiments::learning);
    }

    private static double[] learning(long seed, Scale scale, Curves curves) {
        int samples = scale == Scale.SMALL ? 20_000 : 40_000;
        int every = 1000;
        MdpTable world = world(seed);
        ProcessSolver planner = ProcessSolver.optimal(DISCOUNT);
        double[] truth = planner.values(world);
        int states = world.stateCount();
        int actions = world.actionCount();
        double[] worst = new double[5];
        for (double smoothing : SMOOTHING) {
            var random = new RandomStream(seed, 1);
            var counts = new EmpiricalMdp(states, actions);
            var moco = new MocoDyna(actions, 2, 4, planner, new MaxEntropyCorrection(1e-3, 1e-4));
            var deaf = new MocoDyna(actions, 2, 4, planner, new MaxEntropyCorrection(1e-3, 1e-4));
            var q = new QLearning(states, actions, DISCOUNT, 0);
            double[] x = new double[samples / every];
            double[][] y = new double[5][samples / every];
            for (int n = 1; n <= samples; n++) {
                int s = random.nextInt(states);
                int a = random.nextInt(actions);
                int next = Processes.next(world, s, a, random.nextDouble());
                double reward = world.expectedReward(s, a);
                counts.add(s, a, reward, next, false);
                moco.observe(s, a, next, false);
                q.update(s, a, reward, next, false, 1 / Math.pow(counts.visits(s, a), 0.6));
                if (n % every != 0) continue;
                int i = n / every - 1;
                MdpTable model = Processes.smoothed(counts, smoothing, false);
                x[i] = n;
                y[0][i] = error(moco.plan(model), truth);
                y[1][i] = error(planner.values(model), truth);
                double[] learned = new double[states];
                for (int k = 0; k < states; k++) learned[k] = q.value(k);
                y[2][i] = error(learned, truth);
                y[3][i] = error(deaf.plan(model), truth);
                y[4][i] = error(planner.values(counts), truth);
            }
            String[] names = {"MoCoDyna, d = 2", "Dyna", "Q-learning", "expectations of the model", "Dyna, right model"};
            for (int arm = 0; arm < 5; arm++) {
                worst[arm] = Math.max(worst[arm], y[arm][x.length - 1]);
                if (smoothing == 1) curves.add(names[arm], x, y[arm]);
            }
        }
        return worst;
    }
}
