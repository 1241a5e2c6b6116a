package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Test;

/**
 * MPPI on a quadratic cost has closed forms for infinitely many samples. With S(V) = V'HV/2 + g'V + c and V ~ N(U, C) the new mean is
 * U - (C^-1 + H/lambda)^-1 (HU + g)/lambda, and with the information-theoretic term -(C^-1 + H/lambda)^-1 g/lambda from any U.
 */
class LinearGaussianMppiTest {
    private static final int HORIZON = 20;
    private static final float[] START = {1, 0};
    private static final double[] NO_ACTION = new double[HORIZON];

    private final double constant = cost(NO_ACTION);
    private final double[] linear = new double[HORIZON];
    private final double[][] quadratic = new double[HORIZON][HORIZON];
    private final TestModels.DoubleIntegrator model = new TestModels.DoubleIntegrator();
    private final Problem problem = Problem.of(model, new float[] {-1000}, new float[] {1000})
            .withTerminalValue(new TestModels.IntegratorTerminal());

    LinearGaussianMppiTest() {
        for (int i = 0; i < HORIZON; i++) linear[i] = (cost(unit(i, 1)) - cost(unit(i, -1))) / 2;
        for (int i = 0; i < HORIZON; i++) {
            for (int j = 0; j < HORIZON; j++) {
                double[] both = unit(i, 1);
                both[j] += 1;
                quadratic[i][j] = cost(both) - cost(unit(i, 1)) - cost(unit(j, 1)) + constant;
            }
        }
    }

    private static double[] unit(int i, double value) {
        double[] out = new double[HORIZON];
        out[i] = value;
        return out;
    }

    private static double cost(double[] plan) {
        float[] actions = new float[HORIZON];
        for (int t = 0; t < HORIZON; t++) actions[t] = (float) plan[t];
        return -Integrators.planReturn(START, actions);
    }

    /** Returns C^-1 + H/lambda. */
    private double[][] posterior(double[][] covariance, double lambda) {
        double[][] out = Matrices.inverse(covariance);
        for (int i = 0; i < HORIZON; i++) for (int j = 0; j < HORIZON; j++) out[i][j] += quadratic[i][j] / lambda;
        return out;
    }

    private double[] expectedUpdate(double[] from, double[][] covariance, double lambda) {
        double[] slope = new double[HORIZON];
        for (int i = 0; i < HORIZON; i++) {
            slope[i] = linear[i] / lambda;
            for (int j = 0; j < HORIZON; j++) slope[i] += quadratic[i][j] * from[j] / lambda;
        }
        double[] step = Matrices.solve(posterior(covariance, lambda), slope);
        double[] out = from.clone();
        for (int i = 0; i < HORIZON; i++) out[i] -= step[i];
        return out;
    }

    private static double[][] identity(double variance) {
        double[][] out = new double[HORIZON][HORIZON];
        for (int i = 0; i < HORIZON; i++) out[i][i] = variance;
        return out;
    }

    /** What a few repetitions of one update give: the average of each entry, its standard error, and the root mean square error. */
    private record Sampled(double[] average, double[] standardError, double error, double effectiveShare, double freeEnergy) {}

    private Sampled sample(
            int candidates, int repeats, double lambda, double deviation, ControlCost controlCost, double[] from, double exponent,
            double[] expected) {
        var parameters = new MppiParameters(
                HORIZON, 1, candidates, lambda, 0, ActionNoise.ofDeviation(deviation), controlCost, false, exponent);
        double[] sum = new double[HORIZON];
        double[] squares = new double[HORIZON];
        double errors = 0;
        double share = 0;
        double energy = 0;
        var mppi = new Mppi(parameters, problem, 1);
        float[] start = new float[HORIZON];
        for (int t = 0; t < HORIZON; t++) start[t] = (float) from[t];
        try (var planner = new SamplingPlanner(problem, mppi, Execution.rows(1))) {
            for (int r = 0; r < repeats; r++) {
                planner.warmStart(0, start);
                var request = new PlanRequest(model, 1).observe(model, START).keys(11, r);
                request.elapsedSteps()[0] = 0;
                planner.plan(request, Budget.UNLIMITED);
                float[] mean = planner.population().mean(0);
                for (int t = 0; t < HORIZON; t++) {
                    sum[t] += mean[t];
                    squares[t] += mean[t] * mean[t];
                    errors += (mean[t] - expected[t]) * (mean[t] - expected[t]);
                }
                share += planner.population().effectiveSampleSize(0) / candidates / repeats;
                double total = 0;
                for (float cost : mppi.totalCosts()) total += Math.exp(-cost / lambda) / candidates;
                energy -= lambda * Math.log(total) / repeats;
            }
        }
        double[] average = new double[HORIZON];
        double[] standardError = new double[HORIZON];
        for (int t = 0; t < HORIZON; t++) {
            average[t] = sum[t] / repeats;
            standardError[t] = Math.sqrt((squares[t] / repeats - average[t] * average[t]) / (repeats - 1));
        }
        return new Sampled(average, standardError, Math.sqrt(errors / repeats / HORIZON), share, energy);
    }

    private static void assertWithinThreeSigma(Sampled sampled, double[] expected) {
        for (int t = 0; t < HORIZON; t++) {
            assertThat(sampled.average[t]).isCloseTo(expected[t], within(3 * sampled.standardError[t]));
        }
    }

    @Test
    void firstUpdateIsTheClosedForm() {
        double[] expected = expectedUpdate(NO_ACTION, identity(1), 1);
        assertThat(expected[0]).isCloseTo(-1.26869, within(1e-5));
        assertThat(expected[1]).isCloseTo(-1.06384, within(1e-5));
        assertThat(expected[2]).isCloseTo(-0.88039, within(1e-5));
        assertThat(cost(expected)).isCloseTo(9.671789, within(1e-5));

        Sampled sampled = sample(8_000, 20, 1, 1, ControlCost.NONE, NO_ACTION, 0, expected);

        assertWithinThreeSigma(sampled, expected);
        assertThat(sampled.effectiveShare).isCloseTo(0.033070, within(0.003));
        assertThat(sampled.freeEnergy).isCloseTo(13.062892, within(0.03));
    }

    @Test
    void errorFallsWithTheRootOfTheCandidates() {
        double[] expected = expectedUpdate(NO_ACTION, identity(1), 1);
        int[] candidates = {500, 2_000, 8_000};
        double[] error = new double[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            error[i] = sample(candidates[i], 40, 1, 1, ControlCost.NONE, NO_ACTION, 0, expected).error;
        }

        double slope = Math.log(error[2] / error[0]) / Math.log((double) candidates[2] / candidates[0]);
        assertThat(slope).isCloseTo(-0.5, within(0.06));
    }

    @Test
    void errorOfColouredNoiseFallsWithTheRootOfTheCandidates() {
        double[] expected = expectedUpdate(NO_ACTION, ColouredNoiseTest.covariance(new ColouredNoise(1, HORIZON)), 1);
        double few = sample(500, 30, 1, 1, ControlCost.NONE, NO_ACTION, 1, expected).error;
        double many = sample(4_000, 30, 1, 1, ControlCost.NONE, NO_ACTION, 1, expected).error;

        assertThat(Math.log(many / few) / Math.log(8)).isCloseTo(-0.5, within(0.1));
    }

    @Test
    void otherVarianceAndTemperatureFollowTheClosedForm() {
        double[] from = new double[HORIZON];
        for (int t = 0; t < HORIZON; t++) from[t] = 0.3 * Math.cos(t);
        double[] expected = expectedUpdate(from, identity(0.25), 2);

        Sampled sampled = sample(4_000, 20, 2, 0.5, ControlCost.NONE, from, 0, expected);

        assertWithinThreeSigma(sampled, expected);
    }

    @Test
    void colouredNoiseFollowsTheClosedFormOfItsCovariance() {
        double[] expected = expectedUpdate(NO_ACTION, ColouredNoiseTest.covariance(new ColouredNoise(1, HORIZON)), 1);

        Sampled sampled = sample(4_000, 20, 1, 1, ControlCost.NONE, NO_ACTION, 1, expected);

        assertWithinThreeSigma(sampled, expected);
    }

    @Test
    void informationTheoreticTermReachesTheTargetFromAnyPlanInOneStep() {
        double[] target = expectedUpdate(NO_ACTION, identity(1), 1);
        double[] from = new double[HORIZON];
        for (int t = 0; t < HORIZON; t++) from[t] = -0.5 + 0.3 * Math.sin(2 * t);

        Sampled sampled = sample(8_000, 20, 1, 1, ControlCost.INFORMATION_THEORETIC, from, 0, target);

        assertWithinThreeSigma(sampled, target);
        // Without the term the update is another one.
        double[] other = expectedUpdate(from, identity(1), 1);
        assertThat(Math.abs(other[HORIZON - 1] - target[HORIZON - 1])).isGreaterThan(0.1);
    }

    @Test
    void informationTheoreticTermOfColouredNoiseReachesTheTargetFromAnyPlanInOneStep() {
        double[][] covariance = ColouredNoiseTest.covariance(new ColouredNoise(1, HORIZON));
        double[] target = expectedUpdate(NO_ACTION, covariance, 1);
        // A mean plan that white noise would be charged for quite differently: slow, so likely under this noise.
        double[] from = new double[HORIZON];
        for (int t = 0; t < HORIZON; t++) from[t] = -0.5 + 0.3 * Math.sin(0.3 * t);

        Sampled sampled = sample(8_000, 20, 1, 1, ControlCost.INFORMATION_THEORETIC, from, 1, target);

        assertWithinThreeSigma(sampled, target);
        double[] other = expectedUpdate(from, covariance, 1);
        assertThat(Math.abs(other[HORIZON - 1] - target[HORIZON - 1])).isGreaterThan(0.1);
    }

    @Test
    void effectiveShareFollowsWhereAFixedTemperatureCannot() {
        // At lambda = 0.1 one candidate in 10^7 counts; a temperature that adapts keeps 5 % of 1024.
        double best = constant - 0.5 * Matrices.dot(linear, Matrices.solve(quadratic, linear));
        var parameters = MppiParameters.DEFAULT
                .withHorizon(HORIZON)
                .withIterations(25)
                .withCandidates(1024)
                .withEffectiveShare(0.05)
                .withNoise(ActionNoise.ofDeviation(1));
        try (var planner = Mppi.planner(problem, parameters, Execution.rows(1))) {
            var plan = planner.plan(new PlanRequest(model, 1).observe(model, START), Budget.UNLIMITED);

            assertThat((double) plan.diagnostics().effectiveSampleSize()[0]).isCloseTo(0.05 * 1024, within(1.0));
            double improvement = (constant + plan.predictedReturn()[0]) / (constant - best);
            assertThat(improvement).isBetween(0.95, 1.0);
        }
    }
}
