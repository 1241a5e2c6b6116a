package io.ponder.examples.comparison;

import io.ponder.engine.env.Environment;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.EpisodeRecord;
import io.ponder.engine.train.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what every planner of continuous actions reaches on five tasks with the true model, by the model steps that a plan may use. A
 * planner is sized so that three of its iterations use them up. The starts are the same for all. What needs derivatives is left out where
 * the model has none.
 */
public final class PlannerSurvey {
    /** The tasks, in the order of the pictures. */
    public static final List<String> TASKS =
            List.of("Pendulum-v1", "cartpole-swingup", "cartpole-continuous", "MountainCarContinuous-v0", "double-integrator");
    /** The model steps of a plan. */
    public static final List<Integer> MODEL_STEPS = List.of(1_000, 4_000, 16_000, 64_000);

    private static final int ITERATIONS = 3;
    private static final int FEWEST_CANDIDATES = 10;
    private static final int WARM_UP_PLANS = 50;
    private static final long SEED = 77;
    private static final long DECISIONS = 78;
    private static final long WARM_UP = 79;

    /**
     * What one planner reached.
     *
     * @param millis median time of a plan, after some that are not counted
     */
    public record Row(String task, String planner, int modelSteps, Interval episodeReturn, double millis) {}

    private final int starts;
    private final List<String> planners;

    /** Creates a survey of some planners with {@code starts} episodes each. */
    public PlannerSurvey(List<String> planners, int starts) {
        this.planners = List.copyOf(planners);
        this.starts = starts;
    }

    /** Returns the planners that can be surveyed. */
    public static List<String> planners() {
        return PlannerRecipes.fitting(List.of(TASKS.get(0)));
    }

    /** Measures everything; {@code listener} is told each row as it comes. */
    public List<Row> run(Cancellation cancel, Consumer<Row> listener) {
        List<Row> rows = new ArrayList<>();
        for (String task : TASKS) {
            for (String planner : planners) {
                for (int modelSteps : MODEL_STEPS) {
                    if (cancel.requested()) return rows;
                    if (!plans(planner, Tasks.find(task))) continue;
                    Row row = measure(Tasks.find(task), planner, modelSteps);
                    rows.add(row);
                    listener.accept(row);
                }
            }
        }
        return rows;
    }

    /** Tells whether a planner can be had for the model of a task: some need its derivatives. */
    private static boolean plans(String name, Task task) {
        WorldModel model = task.exact().model();
        try (Planner planner = PlannerRecipes.create(name, task.problem(model), sizes(task, MODEL_STEPS.get(0)))) {
            return planner != null;
        } catch (IllegalArgumentException needsDerivatives) {
            return false;
        }
    }

    private static PlannerSizes sizes(Task task, int modelSteps) {
        return new PlannerSizes(
                task.horizon(), ITERATIONS, Math.max(FEWEST_CANDIDATES, modelSteps / (ITERATIONS * task.horizon())), 1);
    }

    private Row measure(Task task, String name, int modelSteps) {
        WorldModel model = task.exact().model();
        long[] seeds = new long[starts];
        for (int i = 0; i < starts; i++) seeds[i] = CounterRandom.key(SEED, i);
        try (Planner planner = PlannerRecipes.create(name, task.problem(model), sizes(task, modelSteps))) {
            Budget budget = Budget.modelSteps(modelSteps);
            Environment environment = task.environment().get();
            warmUp(planner, model, environment.reset(seeds[0]).start().observation(), budget);
            var episodes = Evaluation.fromSeeds(environment, seeds).score(planner, model, budget, CounterRandom.key(DECISIONS, 0)).episodes();
            double[] returns = episodes.stream().mapToDouble(EpisodeRecord::episodeReturn).toArray();
            double[] millis = episodes.stream().flatMapToDouble(episode -> Arrays.stream(episode.planMillis())).sorted().toArray();
            return new Row(task.id(), name, modelSteps, Interval.of(returns), Interval.quantile(millis, 0.5));
        }
    }

    /** Lets the JVM compile what a planner runs. */
    private static void warmUp(Planner planner, WorldModel model, float[] observation, Budget budget) {
        var request = new PlanRequest(model, 1).observe(model, observation);
        for (int i = 0; i < WARM_UP_PLANS; i++) planner.plan(request.keys(WARM_UP, i), budget);
        planner.resetAll();
    }
}
