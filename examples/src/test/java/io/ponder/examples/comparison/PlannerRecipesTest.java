package io.ponder.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerRecipesTest {
    private static final String TASK = "double-integrator";
    private static final PlannerSizes SMALL = new PlannerSizes(20, 4, 100, 1);
    private static final float[][] STARTS = {{1, 0}, {-0.5f, 1}, {2, -1}};

    private static double promised(String name) {
        Task task = Tasks.find(TASK);
        Problem problem = task.problem(task.exact().model());
        double sum = 0;
        try (Planner planner = PlannerRecipes.create(name, problem, SMALL)) {
            for (float[] start : STARTS) {
                planner.resetAll();
                var budget = Budget.modelSteps((long) SMALL.horizon() * SMALL.iterations() * SMALL.candidates());
                sum += planner.plan(new PlanRequest(problem.model(), 1).observe(problem.model(), start).keys(1, 0), budget)
                        .predictedReturn()[0];
            }
        }
        return sum;
    }

    private static Stream<String> continuousPlanners() {
        return PlannerRecipes.fitting(List.of(TASK)).stream().filter(name -> !name.equals("random-shooting"));
    }

    @ParameterizedTest
    @MethodSource("continuousPlanners")
    void everyPlannerBeatsRandomShootingWithTheSameModelSteps(String name) {
        assertThat(promised(name)).isGreaterThan(promised("random-shooting"));
    }

    @Test
    void unknownNamesAreListed() {
        Task task = Tasks.find(TASK);
        Problem problem = task.problem(task.exact().model());
        assertThatThrownBy(() -> PlannerRecipes.create("mpppi", problem, SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no planner mpppi")
                .hasMessageContaining("smppi, kmppi");
    }
}
