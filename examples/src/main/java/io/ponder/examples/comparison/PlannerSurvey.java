package io.ponder.examples.comparison;

import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
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
 * planner is sized so that three of its iterations use them up. The starts are the same for all. Gradient planners are left out where the
 * model has no derivatives.
 */
public final class PlannerSurvey {
    /** The tasks, in the order of the pictures. */
    public static final List<String> TASKS =
            List.of("Pendulum-v1", "cartpole-swingup", "cartpole-continuous", "MountainCarContinuous-v0", "double-integrator");
    /** The model steps of a plan. */
    public static final List<Integer> MODEL_STEPS = List.of(1_000, 4_000, 16_000, 64_000);

    private static final int ITERATIONS = 3;
    private static final int FEWEST_CANDIDATES = 10;
    private static final long SEED = 77;
    private static final long DECISIONS = 78;

    /**
     * What one planner reached.
     *
     * @param millis mean time of a plan
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
                    if (!measurable(planner, task)) continue;
                    Row row = measure(Tasks.find(task), planner, modelSteps);
                    rows.add(row);
                    listener.accept(row);
                }
            }
        }
        return rows;
    }

    /** Gradients need a model that has them. */
    private static boolean measurable(String planner, String task) {
        WorldModel model = Tasks.find(task).exact().model();
        return !planner.startsWith("gradient") || model.as(Differentiable.class) != null;
    }

    private Row measure(Task task, String name, int modelSteps) {
        int candidates = Math.max(FEWEST_CANDIDATES, modelSteps / (ITERATIONS * task.horizon()));
        var sizes = new PlannerSizes(task.horizon(), ITERATIONS, candidates, 1);
        WorldModel model = task.exact().model();
        long[] seeds = new long[starts];
        for (int i = 0; i < starts; i++) seeds[i] = CounterRandom.key(SEED, i);
        try (Planner planner = PlannerRecipes.create(name, task.problem(model), sizes)) {
            var episodes = Evaluation.fromSeeds(task.environment().get(), seeds)
                    .score(planner, model, Budget.modelSteps(modelSteps), CounterRandom.key(DECISIONS, 0)).episodes();
            double[] returns = episodes.stream().mapToDouble(EpisodeRecord::episodeReturn).toArray();
            double millis = episodes.stream().flatMapToDouble(episode -> Arrays.stream(episode.planMillis())).average().orElse(Double.NaN);
            return new Row(task.id(), name, modelSteps, Interval.of(returns), millis);
        }
    }
}
