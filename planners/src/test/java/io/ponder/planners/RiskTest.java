package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskTest {
    private static final float[] RETURNS = {99, 3, -1, 4, 1, -5, 99};

    private static double cost(Risk risk) {
        return risk.cost(RETURNS, 1, 5, new float[5]);
    }

    @Test
    void costsAreThoseOfTheirDefinitions() {
        assertThat(cost(Risk.MEAN)).isCloseTo(-0.4, within(1e-6));
        assertThat(cost(Risk.WORST)).isEqualTo(5);
        assertThat(cost(Risk.conditionalValueAtRisk(0.4))).isCloseTo(3, within(1e-6));
        // Two and a half of five: -5, -1 and half of 1.
        assertThat(cost(Risk.conditionalValueAtRisk(0.5))).isCloseTo(5.5 / 2.5, within(1e-6));
        assertThat(cost(Risk.conditionalValueAtRisk(1))).isCloseTo(-0.4, within(1e-6));
        double mean = 0;
        for (double r : new double[] {3, -1, 4, 1, -5}) mean += Math.exp(-0.3 * r) / 5;
        assertThat(cost(Risk.exponential(0.3))).isCloseTo(Math.log(mean) / 0.3, within(1e-6));
        assertThat(cost(Risk.variancePenalty(0.25))).isCloseTo(-0.4 + 0.25 * 10.24, within(1e-5));
    }

    @Test
    void weightsAreTheDerivatives() {
        var random = new Random(2);
        for (Risk risk : new Risk[] {Risk.MEAN, Risk.WORST, Risk.conditionalValueAtRisk(0.3), Risk.exponential(0.5), Risk.variancePenalty(0.1)}) {
            var returns = new float[7];
            for (int i = 0; i < 7; i++) returns[i] = (float) random.nextGaussian();
            var weights = new float[7];
            risk.weights(returns, 0, 7, new float[7], weights);
            for (int i = 0; i < 7; i++) {
                float[] up = returns.clone();
                float[] down = returns.clone();
                up[i] += 1e-3f;
                down[i] -= 1e-3f;
                double slope = (risk.cost(up, 0, 7, new float[7]) - risk.cost(down, 0, 7, new float[7])) / ((double) up[i] - down[i]);
                assertThat((double) weights[i]).as("%s %d", risk, i).isCloseTo(-slope, within(1e-3));
            }
        }
    }

    /** The reward is the action plus noise whose size is twice the action. */
    private static final class Gamble implements WorldModel {
        @Override
        public ModelSpec spec() {
            return ModelSpec.continuous(1, 1);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int n = state.columns();
            out.next().copyFrom(state);
            Arrays.fill(out.discount(), 0, n, 1);
            for (int k = 0; k < n; k++) {
                boolean heads = CounterRandom.below(2, keys.key0()[k], keys.key1()[k], keys.sample()[k], keys.step()) == 1;
                out.reward()[k] = actions[k] + (heads ? 2 : -2) * Math.max(0, actions[k]);
            }
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    @Test
    void cautiousPlannersDoNotGamble() {
        var problem = Problem.of(new Gamble(), new float[] {-1}, new float[] {1});
        var parameters = CemParameters.DEFAULT.withHorizon(1).withIterations(8).withCandidates(200, 20);
        for (Risk risk : new Risk[] {Risk.WORST, Risk.conditionalValueAtRisk(0.2), Risk.exponential(5), Risk.variancePenalty(2)}) {
            assertThat(act(problem, parameters, Execution.rows(1).withParticles(31).withRisk(risk))).as("%s", risk).isBetween(-0.2f, 0.4f);
        }
        assertThat(act(problem, parameters, Execution.rows(1).withParticles(31))).isGreaterThan(0.9f);
    }

    private static float act(Problem problem, CemParameters parameters, Execution execution) {
        try (var planner = Cem.planner(problem, parameters, execution)) {
            return planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[1]), Budget.UNLIMITED).action(0, 0);
        }
    }

    @Test
    void riskOfOneParticleIsItsReturn() {
        var problem = Problem.of(LambdaModel.of(1, 1, (x, u, next) -> -u[0] * u[0]), new float[] {-1}, new float[] {1});
        var parameters = CemParameters.DEFAULT.withHorizon(2);
        assertThat(act(problem, parameters, Execution.rows(1).withRisk(Risk.WORST))).isEqualTo(act(problem, parameters, Execution.rows(1)));
    }

    @Test
    void sharesAndRatesAreChecked() {
        assertThatThrownBy(() -> Risk.conditionalValueAtRisk(0)).hasMessageContaining("share is 0.0");
        assertThatThrownBy(() -> Risk.exponential(-1)).hasMessageContaining("rate is -1");
    }
}
