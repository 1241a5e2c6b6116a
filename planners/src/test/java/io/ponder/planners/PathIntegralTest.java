package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every member of the path integral family as a planner, and what its parts do. */
class PathIntegralTest {
    private abstract static class Contract extends PlannerContract {
        private final PathIntegralParameters small;

        Contract(PathIntegralParameters parameters) {
            small = parameters.withHorizon(10).withCandidates(100).withIterations(4);
        }

        @Override
        SamplingPlanner planner(Problem problem, Execution execution) {
            return PathIntegral.planner(problem, small, execution);
        }

        @Override
        SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
            return PathIntegral.planner(problem, small.withIterations(1_000_000), execution);
        }
    }

    @Nested
    class Adaptive extends Contract {
        Adaptive() {
            super(PathIntegralParameters.ADAPTIVE);
        }
    }

    @Nested
    class Smooth extends Contract {
        Smooth() {
            super(PathIntegralParameters.SMPPI);
        }
    }

    @Nested
    class Kernel extends Contract {
        Kernel() {
            super(PathIntegralParameters.KMPPI);
        }
    }

    @Nested
    class LogNormal extends Contract {
        LogNormal() {
            super(PathIntegralParameters.LOG_MPPI);
        }
    }

    @Nested
    class Annealed extends Contract {
        Annealed() {
            super(PathIntegralParameters.DIAL);
        }
    }

    @Nested
    class Predictive extends Contract {
        Predictive() {
            super(PathIntegralParameters.PREDICTIVE_SAMPLING);
        }
    }

    @Nested
    class Tsallis extends Contract {
        Tsallis() {
            super(PathIntegralParameters.TSALLIS);
        }
    }

    @Nested
    class ValueAtRisk extends Contract {
        ValueAtRisk() {
            super(PathIntegralParameters.CVAR);
        }
    }

    /** Returns the candidates of one iteration around 0 on a model without any cost, entry by entry. */
    private static float[] draw(PathIntegralParameters parameters, int candidates) {
        var model = LambdaModel.of(1, 1, (x, u, next) -> 0);
        var problem = Problem.of(model, new float[] {-1000}, new float[] {1000});
        var one = parameters.withHorizon(8).withIterations(1).withCandidates(candidates).withDeviation(0.001);
        try (var planner = PathIntegral.planner(problem, one, Execution.rows(1))) {
            planner.plan(new PlanRequest(model, 1).observe(model, new float[1]).keys(3, 0), Budget.UNLIMITED);
            return planner.population().sequences().clone();
        }
    }

    @Test
    void logNormalFactorsKeepTheVarianceAndMakeTheTailsHeavy() {
        int candidates = 20_000;
        float[] x = draw(PathIntegralParameters.LOG_MPPI, candidates);
        double squares = 0;
        double fourth = 0;
        for (float v : x) {
            squares += v * v / x.length;
            fourth += Math.pow(v, 4) / x.length;
        }

        // The factor's fourth moment is exp(4 s^2) = e for s = 1/2.
        assertThat(squares).isCloseTo(1, within(0.02));
        assertThat(fourth / (squares * squares)).isCloseTo(3 * Math.E, within(0.8));
    }

    @Test
    void annealingHoldsNearStepsStill() {
        int candidates = 20_000;
        float[] x = draw(PathIntegralParameters.ADAPTIVE.withAnnealing(0, 2), candidates);
        for (int t = 0; t < 8; t++) {
            double squares = 0;
            for (int k = 0; k < candidates; k++) squares += x[t * candidates + k] * x[t * candidates + k] / candidates;
            assertThat(Math.sqrt(squares)).isCloseTo(Math.exp(-2.0 * (7 - t) / 8), within(0.02));
        }
    }

    @Test
    void adaptedDeviationFallsToItsFloorAndIsBackInTheNextCall() {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        var parameters = PathIntegralParameters.ADAPTIVE.withHorizon(5).withIterations(40).withCandidates(200).withAdaptation(0.8, 0.1);
        var integral = new PathIntegral(parameters, problem, 1);
        try (var planner = new SamplingPlanner(problem, integral, Execution.rows(1))) {
            var request = new PlanRequest(model, 1).observe(model, new float[] {1, 0});
            planner.plan(request, Budget.UNLIMITED);
            assertThat(integral.deviation(0)).containsOnly(0.1f);
            planner.plan(request, Budget.iterations(1));
            assertThat(integral.deviation(0)[4]).isBetween(0.2f, 0.7f);
        }
    }

    @Test
    void smoothPlansAreSmoother() {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        double rough = roughness(problem, PathIntegralParameters.ADAPTIVE.withAdaptation(0, 0));
        double smooth = roughness(problem, PathIntegralParameters.SMPPI);

        assertThat(smooth).isLessThan(rough / 3);
        assertThat(roughness(problem, PathIntegralParameters.SMPPI.withRateShare(2))).isLessThan(smooth);
    }

    /** While a pole stands all that stand are equal; the smoothest of them are those that fall right after the horizon. */
    @Test
    void smoothnessDoesNotChooseAmongEquals() {
        var model = LambdaModel.of(1, 1, (x, u, next) -> {
            next[0] = x[0] + u[0];
            return Math.abs(next[0]) < 1.2f ? 1 : 0;
        });
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        var parameters = PathIntegralParameters.SMPPI.withHorizon(5).withCandidates(1000).withIterations(1);
        try (var planner = PathIntegral.planner(problem, parameters, Execution.rows(1))) {
            var plan = planner.plan(new PlanRequest(model, 1).observe(model, new float[] {0}), Budget.UNLIMITED);
            var population = planner.population();
            int equals = 0;
            for (int k = 0; k < population.size(); k++) if (population.costs()[k] == -5) equals++;
            assertThat(equals).isBetween(200, 800);
            assertThat((double) plan.diagnostics().effectiveSampleSize()[0]).isGreaterThan(0.9 * equals);
        }
    }

    private static double roughness(Problem problem, PathIntegralParameters parameters) {
        var model = problem.model();
        try (var planner = PathIntegral.planner(problem, parameters.withHorizon(20).withCandidates(100), Execution.rows(1))) {
            float[] plan = planner.plan(new PlanRequest(model, 1).observe(model, new float[] {0.3f, 0}), Budget.UNLIMITED).sequence();
            double sum = 0;
            for (int t = 1; t < plan.length; t++) sum += (plan[t] - plan[t - 1]) * (plan[t] - plan[t - 1]);
            return sum;
        }
    }

    @Test
    void predictiveSamplingNeverGetsWorse() {
        var model = new TestModels.DoubleIntegrator();
        var problem = Problem.of(model, new float[] {-1}, new float[] {1});
        var parameters = PathIntegralParameters.PREDICTIVE_SAMPLING.withHorizon(10).withCandidates(10).withIterations(1);
        try (var planner = PathIntegral.planner(problem, parameters, Execution.rows(1))) {
            float last = Float.NEGATIVE_INFINITY;
            for (int decision = 0; decision < 30; decision++) {
                var request = new PlanRequest(model, 1).observe(model, new float[] {1, 0}).keys(5, decision);
                request.elapsedSteps()[0] = 0;
                float now = planner.plan(request, Budget.UNLIMITED).predictedReturn()[0];
                assertThat(now).isGreaterThanOrEqualTo(last - 1e-5f);
                last = now;
            }
        }
    }
}
