package io.ponder.examples.evidence;

import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.train.EvaluationReport;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.Execution;
import io.ponder.planners.ICem;
import io.ponder.planners.ICemParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Promises that iCEM reaches CEM's return with a share of its sequences, and measures it without each of its ingredients. Other than in
 * the paper the tasks are the classic ones, on their true models.
 */
final class AblationRows {
    private static final List<Task> TASKS =
            List.of(Tasks.find("Pendulum-v1"), Tasks.find("cartpole-swingup"), Tasks.find("double-integrator"));
    private static final CemParameters CEM = CemParameters.DEFAULT.withIterations(4).withCandidates(75, 8).withDeviation(1, 0.05);
    /** 45, 36 and 29 sequences: 110 in all, 2.7 times fewer than the 300 of CEM. */
    private static final ICemParameters ICEM = ICemParameters.DEFAULT.withIterations(3).withCandidates(45, 6);
    private static final double EQUAL = 1;

    private final ResultRows rows;

    private AblationRows(ResultRows rows) {
        this.rows = rows;
    }

    static void addTo(ResultRows rows) {
        var adder = new AblationRows(rows);
        rows.add("icem-samples",
                "CEM's return -1 % with 1 / 2.7 of its samples",
                "%",
                "worst of three tasks, horizons of the comparison; without its ingredients in the details; " + CEM + " against " + ICEM,
                (seed, cancel) -> adder.measure(seed, cancel),
                found -> ResultRows.mean(found) >= -EQUAL);
    }

    private static Map<String, ICemParameters> variants() {
        Map<String, ICemParameters> variants = new LinkedHashMap<>();
        variants.put("icem", ICEM);
        variants.put("whiteNoise", ICEM.withNoiseExponent(0));
        variants.put("noDecay", ICEM.withDecay(1));
        variants.put("noKeptElites", ICEM.withElites(ICEM.keptShare(), false, true));
        variants.put("noShiftedElites", ICEM.withElites(ICEM.keptShare(), true, false));
        variants.put("noMeanInLast", ICEM.withAnswer(false, true));
        variants.put("meanAnswers", ICEM.withAnswer(true, false));
        return variants;
    }

    private ResultRow.@Nullable Measured measure(long seed, Cancellation cancel) {
        double worst = Double.POSITIVE_INFINITY;
        Map<String, double[]> details = new LinkedHashMap<>();
        for (Task task : TASKS) {
            double cem = score(task, details, "cem", problem -> Cem.planner(problem, CEM.withHorizon(task.horizon()), Execution.rows(1)), seed, cancel);
            for (Map.Entry<String, ICemParameters> variant : variants().entrySet()) {
                double found = score(
                        task, details, variant.getKey(),
                        problem -> ICem.planner(problem, variant.getValue().withHorizon(task.horizon()), Execution.rows(1)), seed, cancel);
                if (variant.getKey().equals("icem")) worst = Math.min(worst, 100 * (found - cem) / Math.abs(cem));
            }
            if (cancel.requested()) return null;
        }
        return new ResultRow.Measured(worst, details);
    }

    private double score(
            Task task, Map<String, double[]> details, String name, Function<Problem, Planner> create, long seed, Cancellation cancel) {
        EvaluationReport report = rows.onTrueModel(task, create, null, seed, cancel);
        if (cancel.requested()) return Double.NaN;
        details.put(task.id() + " " + name, report.returns());
        return report.meanReturn();
    }
}
