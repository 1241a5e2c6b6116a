package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.planlog.LoggedPlan;
import io.ponder.engine.planlog.LoggingPlanner;
import io.ponder.engine.planlog.PlanLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a clock or a cancellation did to searches is in their log: they come out the same again while the clock stands still. */
class ReplayedSearchTest {
    private static final HashModel.Options GAME = new HashModel.Options(9, 0, 1, 0.3f, 0.1f, 0.1f, 0.5f, 0.97f, 0);
    private static final int ROWS = 3;

    @TempDir
    private Path folder;

    static List<SearchRecipe> recipes() {
        return TreeSearchTest.recipes();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void searchesThatAClockOrACancellationEndedAreReplayed(SearchRecipe recipe) throws Exception {
        var model = new HashModel(GAME);
        SearchRecipe tireless = recipe.withSimulations(2000);
        long[] now = new long[1];
        int[] looks = new int[1];
        var logged = new LoggingPlanner[1];
        int[] call = new int[1];
        // Every look at the clock takes longer or shorter, from call to call.
        long[] nanosPerLook = {1_000, 9_000, 200, 3_000, 1_000};
        var search = new TreeSearch(model, tireless, SearchExecution.rows(ROWS).withClock(() -> {
            if (call[0] == 4 && ++looks[0] == 60) logged[0].cancel();
            return now[0] += nanosPerLook[call[0]] + (call[0] == 3 ? 40 * looks[0]++ : 0);
        }));
        logged[0] = new LoggingPlanner(search, ROWS);
        try (LoggingPlanner planner = logged[0]) {
            for (call[0] = 0; call[0] < nanosPerLook.length; call[0]++) {
                looks[0] = 0;
                planner.plan(request(model, call[0]), Budget.wallClock(Duration.ofNanos(call[0] == 4 ? 10_000_000 : 150_000)));
            }
            Path file = folder.resolve("searches");
            planner.log().save(file);
            PlanLog log = PlanLog.load(file);
            assertThat(log.calls()).extracting(LoggedPlan::stopReason).contains(StopReason.WALL_CLOCK);

            try (var fresh = new TreeSearch(model, tireless, SearchExecution.rows(ROWS).withClock(() -> 0))) {
                assertThat(log.replay(fresh, model)).isNull();
            }
        }
    }

    private static PlanRequest request(HashModel model, int call) {
        float[] states = new float[ROWS];
        var request = new PlanRequest(model, ROWS).explore(call % 2 == 0);
        for (int b = 0; b < ROWS; b++) {
            states[b] = 10 * call + b;
            request.keys()[b] = 1000L + call + b;
        }
        return request.observe(model, states);
    }
}
