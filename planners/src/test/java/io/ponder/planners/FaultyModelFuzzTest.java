package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.tree.RolloutLeaf;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every planner on a model that is faulty in one step of four: nothing leaves {@code plan}, and every action is allowed. */
final class FaultyModelFuzzTest {
    private static final int ROWS = 2;
    private static final int ACTIONS = 3;
    private static final int HORIZON = 3;
    private static final float LOW = -0.3f;
    private static final float HIGH = 0.7f;
    private static final int A_FEW = 8_000;
    private static final int MANY = 1_000_000;

    /** A planner with its model. */
    private record Subject(FaultyModel model, Planner planner, int actionCount) {}

    private static List<Subject> subjects() {
        List<Subject> all = new ArrayList<>();
        add(all, 0, s -> RandomShooting.planner(s.problem, new RandomShootingParameters(HORIZON, 80, 2), s.execution));
        add(all, 0, s -> Cem.planner(s.problem, CemParameters.DEFAULT.withHorizon(HORIZON).withCandidates(80, 4).withIterations(3), s.execution));
        add(all, 0, s -> ICem.planner(s.problem, ICemParameters.DEFAULT.withHorizon(HORIZON).withCandidates(80, 4).withIterations(3), s.execution));
        add(all, 0, s -> Mppi.planner(s.problem, MppiParameters.DEFAULT.withHorizon(HORIZON).withCandidates(80).withIterations(2), s.execution));
        add(all, 0, s -> GradientShooting.planner(
                s.problem, GradientParameters.DEFAULT.withHorizon(HORIZON).withStarts(4).withIterations(4), s.execution));
        add(all, ACTIONS, s -> RandomShooting.planner(s.problem, new RandomShootingParameters(HORIZON, 80, 2), s.execution));
        add(all, ACTIONS, s -> CategoricalCem.planner(
                s.problem, CategoricalCemParameters.DEFAULT.withHorizon(HORIZON).withCandidates(80, 4).withIterations(3), s.execution));
        add(all, ACTIONS, s -> new TreeSearch(s.problem.model(), SearchRecipes.muzero().withSimulations(12)
                .withLeaf(new RolloutLeaf(s.problem.model(), HORIZON, 2, null)), SearchExecution.rows(ROWS).withClock(s.execution.clock())));
        add(all, ACTIONS, s -> new TreeSearch(s.problem.model(), SearchRecipes.gumbel().withSimulations(12),
                SearchExecution.rows(ROWS).withClock(s.execution.clock())));
        return all;
    }

    private record Setting(Problem problem, Execution execution) {}

    private static void add(List<Subject> all, int actionCount, Function<Setting, Planner> maker) {
        var model = new FaultyModel(actionCount, 17 + all.size());
        Problem problem = actionCount == 0 ? Problem.of(model, new float[] {LOW}, new float[] {HIGH}) : Problem.discrete(model);
        all.add(new Subject(model, maker.apply(new Setting(problem, Execution.rows(ROWS).withClock(() -> model.now))), actionCount));
    }

    /** Returns how many calls the models threw in. */
    private static long fuzz(int plans) {
        List<Subject> subjects = subjects();
        long failures = 0;
        long nonFinite = 0;
        long overruns = 0;
        float[] start = {1, -10, 0.1f, 0};
        for (Subject subject : subjects) {
            var request = new PlanRequest(subject.model(), ROWS);
            for (int i = 0; i < plans / subjects.size(); i++) {
                request.observe(subject.model(), start).keys(3, i);
                Budget budget = switch (i % 4) {
                    case 0 -> Budget.UNLIMITED;
                    case 1 -> Budget.wallClock(Duration.ofMillis(1));
                    case 2 -> Budget.modelSteps(1 + i % 700);
                    default -> Budget.iterations(1 + i % 3).withWallClock(Duration.ofNanos(1 + i % 3_000_000));
                };
                if (i % 13 == 0) subject.planner().reset(i % ROWS);
                if (i % 101 == 0) subject.planner().cancel();
                Plan plan = subject.planner().plan(request, budget);
                for (float action : plan.actions()) requireAllowed(subject, action, i);
                failures += plan.diagnostics().modelFailures();
                nonFinite += plan.diagnostics().nonFiniteRollouts();
                if (plan.diagnostics().overrunNanos() > 0) overruns++;
            }
            subject.planner().close();
        }
        assertThat(nonFinite).isGreaterThan(plans);
        assertThat(overruns).isGreaterThan(plans / 100);
        return failures;
    }

    private static void requireAllowed(Subject subject, float action, int call) {
        boolean allowed = subject.actionCount() == 0
                ? action >= LOW && action <= HIGH
                : action >= 0 && action < subject.actionCount() && action == (int) action;
        if (!allowed) throw new AssertionError(subject.planner().name() + " answers call " + call + " with " + action);
    }

    @Test
    void nothingLeavesAPlannerAndEveryActionIsAllowed() {
        assertThat(fuzz(A_FEW)).isGreaterThan(A_FEW / 10);
    }

    /** The same, a million times: minutes. */
    @Test
    @Tag("evidence")
    void nothingLeavesAPlannerInAMillionPlans() {
        assertThat(fuzz(MANY)).isGreaterThan(MANY / 10);
    }
}
