package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cross-entropy method on a linear objective: in the limit of many candidates every iteration moves the mean by a fixed number of
 * standard deviations and multiplies the deviation by a fixed factor (the mean and spread of the tail of a normal distribution).
 */
class CemStatisticsTest {
    /** The reward is the action. */
    private static final class Linear implements WorldModel {
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
            int columns = state.columns();
            out.next().copyFrom(state);
            System.arraycopy(actions, 0, out.reward(), 0, columns);
            Arrays.fill(out.discount(), 0, columns, 1);
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    private static final int CANDIDATES = 100_000;

    /** Returns mean and deviation after some iterations from mean 0 and deviation 1, without smoothing or floor. */
    private static double[] run(double share, int iterations) {
        var problem = Problem.of(new Linear(), new float[] {-1000}, new float[] {1000});
        var parameters = new CemParameters(1, iterations, CANDIDATES, (int) (share * CANDIDATES), 0, 0.001, 0);
        var cem = new Cem(parameters, problem, 1);
        try (var planner = new SamplingPlanner(problem, cem, Execution.rows(1))) {
            planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[1]), Budget.UNLIMITED);
            return new double[] {planner.population().mean(0)[0], cem.deviation(0)[0]};
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1.754983, 0.411260", "0.05, 2.062713, 0.371586"})
    void eachIterationMovesAndShrinksByTheConstantsOfTheTail(double share, double move, double factor) {
        double[] first = run(share, 1);
        double[] second = run(share, 2);

        assertThat(first[0]).isCloseTo(move, within(0.02));
        assertThat(first[1]).isCloseTo(factor, within(0.02));
        assertThat(second[0] - first[0]).isCloseTo(move * factor, within(0.02));
        assertThat(second[1]).isCloseTo(factor * factor, within(0.01));
    }

    @Test
    void withoutAFloorTheTravelIsLimited() {
        assertThat(run(0.1, 12)[0]).isCloseTo(2.980916, within(0.03));
    }

    @Test
    void smoothingKeepsItsShareOfTheOldMeanAndDeviation() {
        var problem = Problem.of(new Linear(), new float[] {-1000}, new float[] {1000});
        var parameters = new CemParameters(1, 1, CANDIDATES, CANDIDATES / 10, 0.25, 0.001, 0);
        var cem = new Cem(parameters, problem, 1);
        try (var planner = new SamplingPlanner(problem, cem, Execution.rows(1))) {
            planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[1]), Budget.UNLIMITED);

            assertThat((double) planner.population().mean(0)[0]).isCloseTo(0.75 * 1.754983, within(0.02));
            assertThat((double) cem.deviation(0)[0]).isCloseTo(0.25 + 0.75 * 0.411260, within(0.02));
        }
    }

    @Test
    void floorKeepsTheSearchMoving() {
        var problem = Problem.of(new Linear(), new float[] {-1000}, new float[] {1000});
        var parameters = new CemParameters(1, 12, 10_000, 1_000, 0, 0.001, 0.0005);
        try (var planner = Cem.planner(problem, parameters, Execution.rows(1))) {
            planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), new float[1]), Budget.UNLIMITED);

            // 1.755 from the first iteration, then 0.5 * 1.755 in each of eleven.
            assertThat((double) planner.population().mean(0)[0]).isCloseTo(1.754983 * (1 + 11 * 0.5), within(0.2));
        }
    }
}
