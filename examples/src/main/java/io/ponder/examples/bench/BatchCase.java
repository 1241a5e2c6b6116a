package io.ponder.examples.bench;

import io.ponder.engine.plan.Budget;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.PlannerSizes;
import java.util.List;
import java.util.Map;

/**
 * What an environment costs in a batch: the time of a call for 64 environments, divided by 64 times that of a call for one. The two are
 * timed in turns, so that a busy machine spoils both alike.
 */
final class BatchCase implements BenchCase {
    private static final int ROWS = 64;
    private static final PlannerSizes SIZES = new PlannerSizes(20, 3, 100, 1);

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return PlannerRecipes.names().stream().map(planner -> Parameters.of("planner", planner, "rows", ROWS)).toList();
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        String name = Parameters.text(parameters, "planner");
        try (var one = new PlannerUnderTest(name, SIZES, 1);
                var batch = new PlannerUnderTest(name, SIZES, ROWS)) {
            var once = new Stopwatch(1, stopwatch.warmUpMillis(), stopwatch.runMillis());
            var again = new Stopwatch(1, 0, stopwatch.runMillis());
            double[] ratios = new double[stopwatch.runs()];
            double least = Double.POSITIVE_INFINITY;
            double leastInBatch = Double.POSITIVE_INFINITY;
            for (int run = 0; run < ratios.length; run++) {
                Stopwatch watch = run == 0 ? once : again;
                double alone = watch.nanosPerCall(() -> one.plan(Budget.UNLIMITED))[0];
                double together = watch.nanosPerCall(() -> batch.plan(Budget.UNLIMITED))[0] / ROWS;
                ratios[run] = together / alone;
                least = Math.min(least, alone);
                leastInBatch = Math.min(leastInBatch, together);
            }
            return new Measurement("timeInBatchOverAlone", "", ratios).with("microsAlone", least / 1e3).with("microsInBatch", leastInBatch / 1e3);
        }
    }
}
