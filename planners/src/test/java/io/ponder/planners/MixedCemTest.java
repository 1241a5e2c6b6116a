package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.MultiDiscrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.Tuple;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cross-entropy method on mixed actions. */
class MixedCemTest {
    private static final MixedCemParameters SMALL =
            MixedCemParameters.DEFAULT.withContinuous(CemParameters.DEFAULT.withHorizon(10).withCandidates(100, 10).withIterations(4));

    private abstract static class Contract extends PlannerContract {
        private final Space actions;

        Contract(Space actions) {
            this.actions = actions;
        }

        @Override
        SamplingPlanner planner(Problem problem, Execution execution) {
            return MixedCem.planner(problem, actions, SMALL, execution);
        }

        @Override
        SamplingPlanner tirelessPlanner(Problem problem, Execution execution) {
            var tireless = SMALL.withContinuous(SMALL.continuous().withIterations(1_000_000));
            return MixedCem.planner(problem, actions, tireless, execution);
        }
    }

    @Nested
    class Continuous extends Contract {
        Continuous() {
            super(Box.of(1, -1, 1));
        }
    }

    @Nested
    class OneIndex extends Contract {
        OneIndex() {
            super(new Discrete(9));
        }

        @Override
        int actionCount() {
            return 9;
        }
    }

    /** A gear of four, a push from -2 to 2 whose best value depends on the gear, and two switches that must agree. */
    private static final Space GEARS = new Tuple(new Discrete(4), Box.of(1, -2, 2), new MultiDiscrete(2, 3));
    private static final double[] WORTH = {0, 1, 3, 2.5};
    private static final double[] BEST_PUSH = {1, -1, 0.7, 0};

    private static Plan plan(MixedCemParameters parameters, int horizon) {
        var model = LambdaModel.of(1, 4, (x, u, next) -> {
            next[0] = x[0];
            if (u[0] != (int) u[0] || u[2] != (int) u[2] || u[3] != (int) u[3] || u[2] > 1 || u[3] > 2) return Float.NaN;
            double away = u[1] - BEST_PUSH[(int) u[0]];
            return (float) (WORTH[(int) u[0]] - away * away - (u[2] == u[3] ? 0 : 1));
        });
        var problem = MixedCem.problem(model, GEARS);
        var sized = parameters.withContinuous(parameters.continuous().withHorizon(horizon).withDeviation(0.5, 0.03));
        try (var planner = MixedCem.planner(problem, GEARS, sized, Execution.rows(1))) {
            Plan plan = planner.plan(new PlanRequest(model, 1).observe(model, new float[1]), Budget.UNLIMITED);
            assertThat(plan.diagnostics().nonFiniteRollouts()).isZero();
            return plan.copy();
        }
    }

    @Test
    void findsTheBestGearAndItsPush() {
        Plan plan = plan(MixedCemParameters.DEFAULT.withContinuous(CemParameters.DEFAULT.withIterations(20)), 5);

        for (int t = 0; t < 5; t++) {
            assertThat(plan.sequence()[4 * t]).isEqualTo(2);
            assertThat((double) plan.sequence()[4 * t + 1]).isCloseTo(0.7, within(0.3));
            assertThat(plan.sequence()[4 * t + 2]).isEqualTo(plan.sequence()[4 * t + 3]);
        }
        assertThat((double) plan.predictedReturn()[0]).isCloseTo(5 * 3, within(0.2));
    }

    @Test
    void probabilitiesOfOneIterationAreTheFrequenciesOfTheElites() {
        // The reward of the first entry decides alone: of four gears with 25 % each, the best fifth are all in gear 2.
        var model = LambdaModel.of(1, 2, (x, u, next) -> (float) WORTH[(int) u[0]]);
        Space actions = new MultiDiscrete(4, 2);
        var problem = MixedCem.problem(model, actions);
        var once = new MixedCemParameters(new CemParameters(1, 1, 10_000, 2_000, 0.2, 0.5, 0), 0.1, 0);
        var cem = new MixedCem(once, actions, problem, 1);
        try (var planner = new SamplingPlanner(problem, cem, Execution.rows(1))) {
            planner.plan(new PlanRequest(model, 1).observe(model, new float[1]), Budget.UNLIMITED);

            // Smoothing keeps a fifth of 1/4, the floor gives a tenth to all four alike.
            assertThat((double) cem.probability(0, 0, 2)).isCloseTo(0.9 * (0.8 + 0.2 * 0.25) + 0.025, within(1e-4));
            assertThat((double) cem.probability(0, 0, 0)).isCloseTo(0.9 * 0.2 * 0.25 + 0.025, within(1e-4));
            // The second entry means nothing: a half each, within four standard errors.
            assertThat((double) cem.probability(0, 1, 0)).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(2_000)));
        }
    }

    @Test
    void spaceOfAnotherSizeIsRefused() {
        var model = LambdaModel.of(1, 2, (x, u, next) -> 0);
        var problem = Problem.of(model, new float[] {0, 0}, new float[] {1, 1});
        assertThatThrownBy(() -> MixedCem.planner(problem, GEARS, SMALL, Execution.rows(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The action space has 4 entries")
                .hasMessageContaining("\nMaybe make the problem with MixedCem.problem");
        assertThatThrownBy(() -> MixedCem.problem(LambdaModel.of(1, 1, (x, u, next) -> 0), Box.of(1, 0, Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
