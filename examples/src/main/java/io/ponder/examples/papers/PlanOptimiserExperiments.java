package io.ponder.examples.papers;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.TopK;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.GradientParameters;
import io.ponder.planners.GradientShooting;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.RandomShooting;
import io.ponder.planners.RandomShootingParameters;
import io.ponder.planners.SamplingPlanner;
import io.ponder.planners.evolution.ConsensusSearch;
import io.ponder.planners.evolution.EvolutionParameters;
import io.ponder.planners.evolution.EvolutionPlanning;
import io.ponder.planners.evolution.SepCmaEs;
import io.ponder.planners.evolution.Snes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Optimisers of plans by the number of entries of a plan: gradients through the model, evolution strategies, and sampling
 * planners, with as many model steps. A gap is the share of what an excellent plan takes off the cost of doing nothing that a
 * planner misses.
 */
final class PlanOptimiserExperiments {
    private static final int HORIZON = 15;
    /** Actions act through a hyperbolic tangent, of which this is 0.96. */
    private static final float BOUND = 2;
    private static final EvolutionParameters EVOLUTION = new EvolutionParameters(HORIZON, 30, 100, 0.5);
    private static final int GENERATIONS = 5;
    private static final int REFINED = 5;
    private static final int[] MASSES = {1, 4, 16, 48};
    private static final double[] DIMENSIONS = {15, 60, 240, 720};

    private PlanOptimiserExperiments() {}

    /** A planner of 3000 plans of a problem, or of gradients that cost 600. */
    private enum Optimiser {
        GRADIENT, NO_STEPS, CEM, MPPI, SEP_CMA, SNES, CONSENSUS, RANDOM;

        SamplingPlanner planner(Problem problem) {
            Execution execution = Execution.rows(1);
            var gradient = GradientParameters.DEFAULT.withHorizon(HORIZON).withStarts(5);
            var cem = CemParameters.DEFAULT.withHorizon(HORIZON).withIterations(10).withCandidates(300, 30);
            return switch (this) {
                case GRADIENT -> GradientShooting.planner(problem, gradient.withIterations(40), execution);
                case NO_STEPS -> GradientShooting.planner(problem, gradient.withIterations(1), execution);
                case CEM -> Cem.planner(problem, cem, execution);
                case MPPI -> Mppi.planner(
                        problem, MppiParameters.DEFAULT.withHorizon(HORIZON).withIterations(10).withCandidates(300), execution);
                case SEP_CMA -> EvolutionPlanning.planner(problem, EVOLUTION, SepCmaEs::new, execution);
                case SNES -> EvolutionPlanning.planner(problem, EVOLUTION, Snes::new, execution);
                case CONSENSUS -> EvolutionPlanning.planner(problem, EVOLUTION, ConsensusSearch::new, execution);
                case RANDOM -> RandomShooting.planner(problem, new RandomShootingParameters(HORIZON, 3000, 1), execution);
            };
        }
    }

    static Experiment gradient() {
        return Experiment.named("grad-mpc", "Planning by gradients through the model")
                .paper("S V et al.: Gradient-based Planning with World Models, 2023")
                .claim("With 240 entries of a plan, gradients with a fifth of the model steps come far nearer to the best"
                        + " plan than the cross-entropy method; with 15 both find it.")
                .metric("gap to an excellent plan, chain of 16 masses, 240 entries", Direction.LOWER)
                .method("gradient, 5 starts").baseline("CEM").control("5 starts, no steps")
                .detail("15 entries: gradient").detail("15 entries: CEM")
                .atMost(0.04).atMostTimes(0.34, "CEM").beats("CEM")
                .require("with 15 entries both come within 0.03",
                        outcome -> outcome.mean("15 entries: CEM") <= 0.03 && outcome.mean("15 entries: gradient") <= 0.03)
                .logarithmic().curvesOver("entries of a plan").inTests(1)
                .trial((seed, scale, curves) -> {
                    double[][] gaps = gaps(seed, new int[] {1, 4, 16}, Optimiser.GRADIENT, Optimiser.CEM, Optimiser.NO_STEPS);
                    String[] names = {"gradient, 5 starts", "CEM", "5 starts, no steps"};
                    for (int i = 0; i < 3; i++) curves.add(names[i], new double[] {15, 60, 240}, gaps[i]);
                    return new double[] {gaps[0][2], gaps[1][2], gaps[2][2], gaps[0][0], gaps[1][0]};
                });
    }

    static Experiment ranking() {
        return Experiment.named("evolution", "Evolution strategies as planners of long plans")
                .paper("Duan et al.: PyPop7: A Pure-Python Library for Population-Based Black-Box Optimization, 2024; Riedl"
                        + " et al.: Gradient is All You Need?, 2023")
                .claim("With 720 entries of a plan and 3000 plans, evolution strategies that learn a deviation for each entry"
                        + " beat the cross-entropy method; consensus-based optimisation is for few dimensions.")
                .metric("gap to an excellent plan, chain of 48 masses, 720 entries", Direction.LOWER)
                .method("sep-CMA-ES").method("SNES").baseline("CEM").control("random plans")
                .reference("MPPI").reference("consensus").reference("gradient, 5 starts")
                .atMostTimes(0.8, "CEM").beats("CEM")
                .require("consensus is worse than CEM", outcome -> outcome.mean("consensus") > outcome.mean("CEM"))
                .slow().logarithmic().curvesOver("entries of a plan")
                .trial((seed, scale, curves) -> {
                    Optimiser[] all = {
                        Optimiser.SEP_CMA, Optimiser.SNES, Optimiser.CEM, Optimiser.RANDOM, Optimiser.MPPI, Optimiser.CONSENSUS,
                        Optimiser.GRADIENT
                    };
                    String[] names = {"sep-CMA-ES", "SNES", "CEM", "random plans", "MPPI", "consensus", "gradient, 5 starts"};
                    double[][] gaps = gaps(seed, MASSES, all);
                    double[] out = new double[all.length];
                    for (int i = 0; i < all.length; i++) {
                        curves.add(names[i], DIMENSIONS, gaps[i]);
                        out[i] = gaps[i][3];
                    }
                    return out;
                });
    }

    /** Returns the gaps {@code [optimisers][sizes]} of chains with so many masses. */
    private static double[][] gaps(long seed, int[] masses, Optimiser... optimisers) {
        double[][] gaps = new double[optimisers.length][masses.length];
        for (int m = 0; m < masses.length; m++) {
            long key = CounterRandom.key(seed, masses[m]);
            var chain = new MassChain(masses[m], key);
            float[] start = chain.start(key);
            Problem problem = problem(chain);
            double nothing = chain.cost(start, new float[HORIZON * masses[m]]);
            var excellent = GradientParameters.DEFAULT.withHorizon(HORIZON).withStarts(4).withIterations(600)
                    .withLearningRate(0.03);
            double[] found = new double[optimisers.length];
            double least = cost(chain, start, GradientShooting.planner(problem, excellent, Execution.rows(1)), null, key);
            for (int i = 0; i < optimisers.length; i++) {
                found[i] = cost(chain, start, optimisers[i].planner(problem), null, key);
                least = Math.min(least, found[i]);
            }
            for (int i = 0; i < optimisers.length; i++) gaps[i][m] = (found[i] - least) / (nothing - least);
        }
        return gaps;
    }

    private static Problem problem(PlanningTask task) {
        float[] high = new float[task.spec().actionSize()];
        float[] low = new float[high.length];
        Arrays.fill(high, BOUND);
        Arrays.fill(low, -BOUND);
        return Problem.of(task, low, high);
    }

    /** Returns the plan of a planner, which is closed. */
    private static float[] plan(PlanningTask task, float[] start, SamplingPlanner planner, float @Nullable [] from, long key) {
        try (planner) {
            if (from != null) planner.warmStart(0, from);
            var request = new PlanRequest(task, 1).observe(task, start).keys(key, 0);
            request.elapsedSteps()[0] = 0;
            Plan plan = planner.plan(request, Budget.UNLIMITED);
            return plan.sequence().clone();
        }
    }

    private static double cost(
            PlanningTask task, float[] start, SamplingPlanner planner, float @Nullable [] from, long key) {
        return task.cost(start, plan(task, start, planner, from, key));
    }

    static Experiment trap() {
        return Experiment.named("grad-trap", "Where gradients fail, and what helps")
                .paper("S V et al.: Gradient-based Planning with World Models, 2023")
                .claim("Before a trap, gradient steps from the best candidates of a short run of the cross-entropy method beat"
                        + " both that method with thrice the model steps and gradients from a random plan; without slope,"
                        + " gradients find nothing.")
                .metric("cost of 20 steps over a terrain with a trap", Direction.LOWER)
                .method("best 5 of CEM, refined").baseline("CEM 300 x 10").control("gradient, 1 random start")
                .reference("gradient, 5 starts").reference("gradient, 25 starts")
                .detail("no slope: gradient, 5 starts").detail("no slope: CEM 300 x 10")
                .atMostTimes(0.85, "CEM 300 x 10").atMostTimes(0.85, "gradient, 1 random start")
                .require("without slope the gradient costs at least 18 of 20",
                        outcome -> outcome.mean("no slope: gradient, 5 starts") >= 18)
                .require("without slope CEM costs at most 15", outcome -> outcome.mean("no slope: CEM 300 x 10") <= 15)
                .inTests(2)
                .trial((seed, scale, curves) -> {
                    double[] sum = new double[7];
                    int starts = scale == Scale.SMALL ? 3 : 10;
                    for (int i = 0; i < starts; i++) {
                        double[] costs = overTerrain(CounterRandom.key(seed, i));
                        for (int a = 0; a < sum.length; a++) sum[a] += costs[a] / starts;
                    }
                    return sum;
                });
    }

    private static double[] overTerrain(long key) {
        int horizon = 20;
        float[] start = new float[4];
        var terrain = new TrapTerrain(false);
        var flat = new TrapTerrain(true);
        Problem problem = problem(terrain);
        Execution one = Execution.rows(1);
        var gradient = GradientParameters.DEFAULT.withHorizon(horizon).withIterations(40);
        var cem = CemParameters.DEFAULT.withHorizon(horizon);
        float[] random = new float[2 * horizon];
        for (int i = 0; i < random.length; i++) random[i] = CounterRandom.normal((int) key, (int) (key >>> 32), 7, i);
        var large = cem.withIterations(10).withCandidates(300, 30);
        return new double[] {
            refined(terrain, start, key),
            cost(terrain, start, Cem.planner(problem, large, one), null, key),
            cost(terrain, start, GradientShooting.planner(problem, gradient.withStarts(1), one), random, key),
            cost(terrain, start, GradientShooting.planner(problem, gradient.withStarts(5), one), random, key),
            cost(terrain, start, GradientShooting.planner(problem, gradient.withStarts(25), one), random, key),
            cost(flat, start, GradientShooting.planner(problem(flat), gradient.withStarts(5), one), null, key),
            cost(flat, start, Cem.planner(problem(flat), large, one), null, key)
        };
    }

    /** Returns the cost of the best of five plans that gradient steps make of the best candidates of a short run of CEM. */
    private static double refined(PlanningTask task, float[] start, long key) {
        int horizon = 20;
        Problem problem = problem(task);
        var cem = CemParameters.DEFAULT.withHorizon(horizon).withIterations(GENERATIONS).withCandidates(100, 10);
        var gradient = GradientParameters.DEFAULT.withHorizon(horizon).withIterations(40).withStarts(1);
        int[] best = new int[REFINED];
        float[] candidate = new float[horizon * task.spec().actionSize()];
        try (SamplingPlanner rough = Cem.planner(problem, cem, Execution.rows(1));
                SamplingPlanner fine = GradientShooting.planner(problem, gradient, Execution.rows(REFINED))) {
            rough.plan(new PlanRequest(task, 1).observe(task, start).keys(key, 0), Budget.UNLIMITED);
            TopK.smallest(100, rough.population().costs(), 0, 1, REFINED, best, 0);
            var request = new PlanRequest(task, REFINED).keys(key, 1);
            float[] states = new float[REFINED * start.length];
            for (int i = 0; i < states.length; i++) states[i] = start[i / REFINED];
            request.observe(task, states);
            for (int b = 0; b < REFINED; b++) {
                rough.population().readCandidate(0, best[b], candidate);
                fine.warmStart(b, candidate);
                request.elapsedSteps()[b] = 0;
            }
            Plan plan = fine.plan(request, Budget.UNLIMITED);
            double least = Double.POSITIVE_INFINITY;
            for (int b = 0; b < REFINED; b++) {
                for (int i = 0; i < candidate.length; i++) candidate[i] = plan.sequence()[i * REFINED + b];
                least = Math.min(least, task.cost(start, candidate));
            }
            return least;
        }
    }
}
