package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.testing.Allocation;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The schedules of mctx's seq_halving_test. */
class HalvingSchedulesTest {
    private static int[] schedule(int considered, int simulations) {
        int[] out = new int[simulations];
        HalvingSchedules.fill(considered, simulations, out, new int[considered]);
        return out;
    }

    private static int[] repeat(int... valueAndTimes) {
        IntStream all = IntStream.empty();
        for (int i = 0; i < valueAndTimes.length; i += 2) {
            int value = valueAndTimes[i];
            all = IntStream.concat(all, IntStream.range(0, valueAndTimes[i + 1]).map(j -> value));
        }
        return all.toArray();
    }

    @Test
    void publishedSchedules() {
        assertThat(schedule(8, 24)).containsExactly(repeat(0, 8, 1, 4, 2, 4, 3, 2, 4, 2, 5, 2, 6, 2));
        assertThat(schedule(8, 2)).containsExactly(0, 0);
        assertThat(schedule(7, 24)).containsExactly(repeat(0, 7, 1, 3, 2, 3, 3, 2, 4, 2, 5, 2, 6, 2, 7, 2, 8, 1));
        assertThat(schedule(8, 47)).containsExactly(IntStream.concat(
                IntStream.of(repeat(0, 8, 1, 4, 2, 4, 3, 4)),
                IntStream.concat(IntStream.rangeClosed(4, 16).flatMap(v -> IntStream.of(v, v)), IntStream.of(17))).toArray());
    }

    @Test
    void oneCandidateIsVisitedAgainAndAgain() {
        assertThat(schedule(1, 16)).containsExactly(IntStream.range(0, 16).toArray());
        assertThat(schedule(0, 16)).containsExactly(IntStream.range(0, 16).toArray());
    }

    @Test
    void aScheduleIsMadeAnewForAnotherNumberOfSimulations() {
        var schedules = new HalvingSchedules(8, 50);

        assertThat(IntStream.range(0, 24).map(i -> schedules.required(8, 24, i)).toArray()).containsExactly(schedule(8, 24));
        assertThat(IntStream.range(0, 47).map(i -> schedules.required(8, 47, i)).toArray()).containsExactly(schedule(8, 47));
        assertThat(IntStream.range(0, 24).map(i -> schedules.required(8, 24, i)).toArray()).containsExactly(schedule(8, 24));
    }

    @Test
    void alternatingBudgetsAllocateNothing() {
        var schedules = new HalvingSchedules(8, 50);

        assertThat(Allocation.onceWarm(() -> {
            schedules.required(8, 24, 3);
            schedules.required(8, 47, 3);
        })).isZero();
    }

    @Test
    void anyNumberOfCandidatesIsCutToTheActionsThereAre() {
        var model = new HashModel(HashModel.Options.PLAIN);
        var all = new GumbelHalving(Integer.MAX_VALUE, 1, CompletedQ.DEFAULT);
        var search = new TreeSearch(model, SearchRecipes.gumbel(all, CompletedQ.DEFAULT), SearchExecution.rows(1));

        search.plan(new PlanRequest(model, 1).observe(model, new float[] {5}), Budget.UNLIMITED);

        assertThat(search.result().simulations()[0]).isEqualTo(50);
    }
}
