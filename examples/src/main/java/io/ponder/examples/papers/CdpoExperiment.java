package io.ponder.examples.papers;

import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.PolicyEvaluation;
import io.ponder.engine.tabular.PolicyIteration;
import io.ponder.engine.tabular.RelativeValueIteration;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.planners.tabular.ConservativeDualPolicy;
import io.ponder.worldmodels.tabular.PosteriorTable;
import java.util.ArrayList;
import java.util.List;

/** Conservative dual policy optimisation on chains whose far end pays: the regret of 8 and of 15 states together. */
final class CdpoExperiment {
    private static final double DISCOUNT = 0.99;
    private static final int DRAWS = 10;
    private static final int POINTS = 30;

    private CdpoExperiment() {}

    static Experiment experiment() {
        return Experiment.named("cdpo", "CDPO: conservative dual policy optimisation")
                .paper("Zhang: Conservative Dual Policy Optimization for Efficient Model-Based Reinforcement Learning, 2022")
                .claim("With an optimistic prior, a policy near the best one of the mean model, moved a little towards what posterior draws promise, has "
                        + "about half of the regret of posterior sampling.")
                .metric("regret after 3000 steps, chains of 8 and of 15 states together", Direction.LOWER)
                .method("CDPO, radius 0.2").baseline("posterior sampling").control("neutral prior, radius 0.2")
                .reference("radius 0.5").reference("radius 1").reference("greedy in the mean").reference("sampling, neutral prior")
                .atMostTimes(0.75, "posterior sampling").beats("posterior sampling")
                .curvesOver("steps, 15 states").logarithmic().inTests(2)
                .remark("The prior decides: rewards are believed to be 1 at first, which is what the far end pays. With a neutral prior (0) the reference "
                        + "is greedy and does not explore, and neither does what stays near it. With the optimistic prior plain greedy planning in "
                        + "the mean has less regret still.")
                .trial((seed, scale, curves) -> {
                    double[] regret = new double[7];
                    for (int states : scale == Scale.SMALL ? new int[] {8} : new int[] {8, 15}) {
                        boolean shown = states == 15;
                        regret[0] += run(states, seed, 1, 0.2, false, shown ? curves : new Curves(), "CDPO, radius 0.2");
                        regret[1] += run(states, seed, 1, 0, true, shown ? curves : new Curves(), "posterior sampling");
                        regret[2] += run(states, seed, 0, 0.2, false, shown ? curves : new Curves(), "neutral prior, radius 0.2");
                        regret[3] += run(states, seed, 1, 0.5, false, new Curves(), "");
                        regret[4] += run(states, seed, 1, 1, false, new Curves(), "");
                        regret[5] += run(states, seed, 1, 0, false, shown ? curves : new Curves(), "greedy in the mean");
                        regret[6] += run(states, seed, 0, 0, true, new Curves(), "");
                    }
                    return regret;
                });
    }

    /** The chain with the means of its rewards: left is sure, right succeeds with 1 - 1 / N, from the far end it leads to the start. */
    private static MdpTable chain(int states) {
        double slip = 1.0 / states;
        double noise = noise(states);
        var table = new MdpTable.Builder(states, 2).start(0, 1);
        for (int s = 0; s < states; s++) {
            int left = Math.max(0, s - 1);
            boolean last = s == states - 1;
            table.outcome(1, left, 0, false).endRow();
            table.outcome(1 - slip, last ? 0 : s + 1, last ? 1 : -noise, false).outcome(slip, left, last ? 1 : -noise, false).endRow();
        }
        return table.build();
    }

    private static double noise(int states) {
        return 0.1 * Math.exp(-states / 4.0);
    }

    private static double run(int states, long seed, double priorReward, double radius, boolean sampling, Curves curves, String name) {
        int steps = 3000;
        MdpTable world = chain(states);
        double gain = RelativeValueIteration.solve(world, 0.5, 1e-10, 200_000).gain();
        var posterior = new PosteriorTable(states, 2, 1.0 / states, priorReward);
        var random = new RandomStream(seed, states);
        double[] policy = {};
        int state = 0;
        double regret = 0;
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        for (int t = 0; t < steps; t++) {
            if (t % (2 * states) == 0) policy = policy(posterior, states, radius, sampling, CounterRandom.key(seed, 1000L * states + t));
            int action = random.nextDouble() < policy[state * 2] ? 0 : 1;
            int next = Processes.next(world, state, action, random.nextDouble());
            double mean = world.expectedReward(state, action);
            regret += gain - mean;
            posterior.add(state, action, mean + noise(states) * random.nextGaussian(), next);
            state = next;
            x[t / (steps / POINTS)] = t + 1;
            y[t / (steps / POINTS)] = Math.max(1e-3, regret);
        }
        if (!name.isEmpty()) curves.add(name, x, y);
        return regret;
    }

    private static double[] policy(PosteriorTable posterior, int states, double radius, boolean sampling, long key) {
        if (sampling || radius == 0) {
            PolicyIteration solved = PolicyIteration.solve(sampling ? posterior.draw(key) : posterior.mean(), DISCOUNT);
            int[] best = new int[states];
            for (int s = 0; s < states; s++) best[s] = solved.bestAction(s);
            return PolicyEvaluation.deterministic(best, 2);
        }
        List<MdpTable> draws = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) draws.add(posterior.draw(CounterRandom.key(key, i)));
        return ConservativeDualPolicy.policy(posterior.mean(), draws, DISCOUNT, radius);
    }
}
