package io.ponder.examples.knownanswers;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.ColouredNoise;
import io.ponder.planners.Execution;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.SamplingPlanner;
import io.ponder.worldmodels.exact.ExactTask;

/** T3: one update of MPPI on a quadratic cost, whose mean over infinitely many samples has a closed form. */
final class MppiUpdateAnswer implements KnownAnswer {
    private static final int HORIZON = 20;
    private static final int REPEATS = 16;
    private static final int CANDIDATES = 8_000;
    private static final double[] FIRST = {-1.26869, -1.06384, -0.88039};

    private final QuadraticPlanCost cost = new QuadraticPlanCost(HORIZON);
    private final ExactTask task = DoubleIntegrator.task(Double.POSITIVE_INFINITY);
    private final Problem problem = Problem.of(task.model(), task.actionLow(), task.actionHigh());

    @Override
    public String name() {
        return "mppi-update";
    }

    /** Average and standard error of each entry over the repeats, root mean square error, share of effective samples, free energy. */
    private record Sampled(double[] average, double[] standardError, double error, double share, double freeEnergy) {
        double largestDeviation(double[] expected) {
            double largest = 0;
            for (int t = 0; t < expected.length; t++) {
                largest = Math.max(largest, Math.abs(average[t] - expected[t]) / standardError[t]);
            }
            return largest;
        }
    }

    private Sampled sample(int candidates, double noiseExponent, double[] expected) {
        MppiParameters parameters = MppiParameters.DEFAULT.withHorizon(HORIZON).withIterations(1).withCandidates(candidates)
                .withTemperature(1).withEffectiveShare(0).withNoise(ActionNoise.ofDeviation(1)).withZeroCandidate(false)
                .withNoiseExponent(noiseExponent);
        var sum = new double[HORIZON];
        var squares = new double[HORIZON];
        double errors = 0;
        double share = 0;
        double energy = 0;
        var mppi = new Mppi(parameters, problem, 1);
        try (var planner = new SamplingPlanner(problem, mppi, Execution.rows(1))) {
            for (int r = 0; r < REPEATS; r++) {
                planner.resetAll();
                planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), DoubleIntegrator.START).keys(11, r),
                        Budget.UNLIMITED);
                float[] mean = planner.population().mean(0);
                for (int t = 0; t < HORIZON; t++) {
                    sum[t] += mean[t];
                    squares[t] += (double) mean[t] * mean[t];
                    errors += (mean[t] - expected[t]) * (mean[t] - expected[t]);
                }
                double total = 0;
                double square = 0;
                for (float each : mppi.totalCosts()) {
                    double weight = Math.exp(-each);
                    total += weight;
                    square += weight * weight;
                }
                share += total * total / square / candidates / REPEATS;
                energy += (DoubleIntegrator.START_COST - Math.log(total / candidates)) / REPEATS;
            }
        }
        var average = new double[HORIZON];
        var standardError = new double[HORIZON];
        for (int t = 0; t < HORIZON; t++) {
            average[t] = sum[t] / REPEATS;
            standardError[t] = Math.sqrt((squares[t] / REPEATS - average[t] * average[t]) / (REPEATS - 1));
        }
        return new Sampled(average, standardError, Math.sqrt(errors / REPEATS / HORIZON), share, energy);
    }

    @Override
    public void measure(AnswerTable table) {
        var identity = new double[HORIZON][HORIZON];
        for (int i = 0; i < HORIZON; i++) identity[i][i] = 1;
        double[] expected = cost.update(identity, 1);
        for (int t = 0; t < FIRST.length; t++) table.row("T3 MPPI: closed form of entry " + t, FIRST[t], expected[t], 5e-6);
        table.row("T3 MPPI: cost of the closed form", 9.671789, DoubleIntegrator.cost(expected), 5e-7);

        Sampled sampled = sample(CANDIDATES, 0, expected);
        for (int t = 0; t < FIRST.length; t++) {
            table.row("T3 MPPI: sampled entry " + t + ", within 3 standard errors", FIRST[t], sampled.average[t], 3 * sampled.standardError[t]);
        }
        table.atMost("T3 MPPI: worst of 20 entries, in standard errors", 3, sampled.largestDeviation(expected), 0);
        table.row("T3 MPPI: effective samples / K", 0.033070, sampled.share, 0.005);
        table.row("T3 MPPI: free energy", 13.062892, sampled.freeEnergy, 0.05);

        double small = sample(CANDIDATES / 16, 0, expected).error;
        table.row("T3 MPPI: slope of the error in log K", -0.5, Math.log(sampled.error / small) / Math.log(16), 0.06);

        double[][] coloured = covariance(new ColouredNoise(1, HORIZON));
        double[] expectedOfColour = cost.update(coloured, 1);
        table.atMost("T3 MPPI: worst of 20 entries with pink noise, in std. errors", 3,
                sample(CANDIDATES / 2, 1, expectedOfColour).largestDeviation(expectedOfColour), 0);
        table.atLeast("T3 MPPI: share of the best improvement, K = 1024, adapted", 0.95, improvement(), 0);
    }

    private static double[][] covariance(ColouredNoise noise) {
        int length = noise.length();
        var unit = new float[length * length];
        for (int i = 0; i < length; i++) unit[i * length + i] = 1;
        var factor = new float[length * length];
        noise.transform(length, unit, factor, 0, length);
        var out = new double[length][length];
        for (int s = 0; s < length; s++) {
            for (int t = 0; t < length; t++) {
                for (int i = 0; i < length; i++) out[s][t] += (double) factor[s * length + i] * factor[t * length + i];
            }
        }
        return out;
    }

    /** At lambda = 0.1 one of 10^7 samples counts; a temperature that adapts keeps 5 % of them. */
    private double improvement() {
        MppiParameters parameters = MppiParameters.DEFAULT.withHorizon(HORIZON).withIterations(25).withCandidates(1024)
                .withEffectiveShare(0.05).withNoise(ActionNoise.ofDeviation(1));
        try (var planner = Mppi.planner(problem, parameters, Execution.rows(1))) {
            var plan = planner.plan(
                    new PlanRequest(problem.model(), 1).observe(problem.model(), DoubleIntegrator.START), Budget.UNLIMITED);
            return (cost.constant() - DoubleIntegrator.cost(plan.sequence())) / (cost.constant() - cost.least());
        }
    }
}
