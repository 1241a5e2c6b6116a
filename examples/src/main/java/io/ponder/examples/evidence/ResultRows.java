package io.ponder.examples.evidence;

import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.train.Evaluation;
import io.ponder.engine.train.EvaluationReport;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.PlannerSizes;
import io.ponder.examples.comparison.Setup;
import io.ponder.examples.comparison.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists the promised results, measured with one set of {@link Starts}. Methods are paired start by start. */
final class ResultRows {
    private final Starts starts;
    private final List<ResultRow> rows = new ArrayList<>();

    private ResultRows(Starts starts) {
        this.starts = starts;
    }

    /** Returns all rows; what they compute once is kept in {@code folder}. */
    static List<ResultRow> all(Path folder, Starts starts) {
        var all = new ResultRows(starts);
        LearnedRows.addTo(all);
        TruthRows.addTo(all, new StoredGrid(folder));
        AblationRows.addTo(all);
        ControlRows.addTo(all);
        CurveRows.addTo(all);
        GameRows.addTo(all);
        return List.copyOf(all.rows);
    }

    /** Adds a row. The definition gets the starts, and the measure is given a run of theirs for every seed. */
    void add(
            String id, String goal, String unit, String definition, ResultRow.Measure measure, Predicate<List<Measurement>> kept) {
        rows.add(new ResultRow(
                id, goal, unit, starts.text() + "; " + definition, (seed, cancel) -> measure.measure(starts.run(seed), cancel), kept));
    }

    /** Returns what the measurements are made with. */
    Starts starts() {
        return starts;
    }

    /** Scores a planner of these sizes on the true model. */
    EvaluationReport onTrueModel(Task task, PlannerSizes sizes, String name, long seed, Cancellation cancel) {
        return onTrueModel(task, problem -> PlannerRecipes.create(name, problem, sizes), null, seed, cancel);
    }

    /** Scores a planner on the true model, with a value of where a plan ends or null. */
    EvaluationReport onTrueModel(
            Task task, Function<Problem, Planner> create, @Nullable ValueFunction terminal, long seed, Cancellation cancel) {
        WorldModel model = task.exact().model();
        try (Planner planner = create.apply(task.problem(model).withTerminalValue(terminal))) {
            var evaluation = Evaluation.fromSeeds(task.environment().get(), starts.seeds());
            Runnable stop = evaluation::cancel;
            cancel.onRequest(stop);
            EvaluationReport report = evaluation.score(planner, model, Budget.UNLIMITED, seed);
            cancel.remove(stop);
            return report;
        }
    }

    /** Returns the mean of the values. */
    static double mean(List<Measurement> found) {
        return found.stream().mapToDouble(Measurement::value).average().orElse(Double.NaN);
    }

    /** Returns a text for definitions. */
    static String text(Setup setup) {
        return setup.planner() + ", " + setup.ensemble() + ", " + setup.fit();
    }
}
