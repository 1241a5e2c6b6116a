package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The schedules of mctx's seq_halving_test, and what becomes of them when the number of simulations changes. */
class HalvingRoundsTest {
    private static int[] schedule(int considered, int simulations) {
        return schedule(new HalvingRounds(1), considered, simulations);
    }

    private static int[] schedule(HalvingRounds rounds, int considered, int simulations) {
        return IntStream.range(0, simulations).map(i -> rounds.required(0, considered, simulations, simulations, i)).toArray();
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
    void aScheduleBeginsAnewInEverySearchAndRowsAreApart() {
        var rounds = new HalvingRounds(2);

        assertThat(schedule(rounds, 8, 24)).containsExactly(schedule(8, 24));
        for (int i = 0; i < 5; i++) rounds.required(1, 4, 5, 5, i);
        assertThat(schedule(rounds, 8, 47)).containsExactly(schedule(8, 47));
        assertThat(schedule(rounds, 8, 24)).containsExactly(schedule(8, 24));
    }

    @Test
    void aScheduleForFewerSimulationsIsFollowedFromTheStart() {
        for (int n = 16; n < 400; n++) {
            int simulations = n;
            int considered = 1 + n % 16;
            // With fewer than one round a phase, what the first phases took too much is missing in the later ones.
            if (n < 4 * considered) continue;
            var rounds = new HalvingRounds(1);
            assertThat(IntStream.range(0, n).map(i -> rounds.required(0, considered, 5000, simulations, i)).toArray())
                    .as("%d of %d", considered, n).containsExactly(schedule(considered, n));
        }
    }

    @Test
    void whatTheFirstPhasesTookTooMuchIsSparedByTheOthers() {
        // In the first phase there seem to be 800 simulations, then turn out to be 250: 192 are done, 58 are left for three phases.
        var rounds = new HalvingRounds(1);
        int[] required = IntStream.range(0, 250).map(i -> rounds.required(0, 16, 5000, i < 192 ? 800 : 250, i)).toArray();

        assertThat(required).startsWith(repeat(0, 16, 1, 16, 2, 16));
        assertThat(Arrays.copyOfRange(required, 192, 250)).containsExactly(repeat(12, 8, 13, 8, 14, 4, 15, 4, 16, 4, 17, 4, 18, 4, 19, 2,
                20, 2, 21, 2, 22, 2, 23, 2, 24, 2, 25, 2, 26, 2, 27, 2, 28, 2, 29, 2));
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
