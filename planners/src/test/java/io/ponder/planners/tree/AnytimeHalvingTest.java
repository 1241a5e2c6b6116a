package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.StopReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Sequential halving under a limit of the time, on a clock that moves with the simulations. */
class AnytimeHalvingTest {
    private static final int BANDITS = 200;
    private static final int ARMS = 20;
    private static final int MANY = 1000;
    private static final int MILLI = 1_000_000;
    private static final SearchRecipe GUMBEL = SearchRecipes.gumbel(new GumbelHalving(16, 0, CompletedQ.DEFAULT), CompletedQ.DEFAULT);

    private final NoisyArms model = new NoisyArms(ARMS, 23);

    /** Searches all bandits; {@code time} tells the nanoseconds after so many simulations. */
    private SearchResult search(int simulations, Budget budget, LongUnaryOperator time, StopReason expected) {
        model.steps = 0;
        Clock clock = () -> time.applyAsLong(model.steps);
        var execution = SearchExecution.rows(BANDITS).withClock(clock);
        var search = new TreeSearch(model, GUMBEL.withLeaf(model.payments()).withSimulations(simulations), execution);
        float[] numbers = new float[BANDITS];
        for (int b = 0; b < BANDITS; b++) numbers[b] = b;
        Plan plan = search.plan(new PlanRequest(model, BANDITS).observe(model, numbers).keys(3, 1), budget);
        assertThat(plan.diagnostics().stopReason()).isEqualTo(expected);
        return search.result();
    }

    private SearchResult timed(int simulations, LongUnaryOperator time) {
        return search(MANY, Budget.wallClock(Duration.ofMillis(simulations)), time, StopReason.WALL_CLOCK);
    }

    private SearchResult planned(int simulations) {
        return search(simulations, Budget.UNLIMITED, i -> 0, StopReason.COMPLETED);
    }

    private double regret(SearchResult result) {
        double sum = 0;
        for (int b = 0; b < BANDITS; b++) sum += model.best(b) - model.mean(b, result.chosenEdge()[b]);
        return sum / BANDITS;
    }

    /** Returns the visits of the edge that was tried most, on average. */
    private static double most(SearchResult result) {
        double sum = 0;
        for (int b = 0; b < BANDITS; b++) {
            int most = 0;
            for (int a = 0; a < ARMS; a++) most = Math.max(most, result.visitCounts()[a * BANDITS + b]);
            sum += most;
        }
        return sum / BANDITS;
    }

    @Test
    void aDeadlineWorthNSimulationsGivesTheTreesOfNSimulations() {
        for (int n : new int[] {64, 100, 250}) {
            SearchResult timed = timed(n, i -> i * MILLI);

            assertThat(timed.simulations()).containsOnly(n);
            SearchResult planned = planned(n);
            assertThat(timed.visitCounts()).isEqualTo(planned.visitCounts());
            assertThat(timed.chosenEdge()).isEqualTo(planned.chosenEdge());
        }
    }

    @Test
    void itDecidesBetterThanAScheduleThatIsCut() {
        int n = 150;
        SearchResult anytime = timed(n, i -> i * MILLI);
        // The clock stands still until time is over: nothing can be planned anew.
        SearchResult cut = timed(n, i -> i < n ? 0 : n * MILLI);

        assertThat(cut.simulations()).containsOnly(n);
        assertThat(most(cut)).isLessThan(12);
        assertThat(most(anytime)).isGreaterThan(35);
        assertThat(regret(anytime)).isLessThan(regret(cut) - 0.01);
        assertThat(regret(anytime)).isEqualTo(regret(planned(n)));
    }

    @Test
    void aPaceThatChangesIsFollowed() {
        int n = 200;
        double smooth = most(planned(n));
        // The first 20 simulations take as long as 100 later ones; or a machine that gets slower by half.
        SearchResult slowStart = timed(n, i -> i <= 20 ? 5 * i * MILLI : (100 + i - 20) * MILLI);
        SearchResult slowEnd = timed(n, i -> i <= 60 ? i * MILLI : (60 + 2 * (i - 60)) * MILLI);

        assertThat(slowStart.simulations()).containsOnly(120);
        assertThat(most(slowStart)).isBetween(0.5 * smooth * 120 / n, 1.3 * smooth);
        assertThat(slowEnd.simulations()).containsOnly(130);
        assertThat(most(slowEnd)).isGreaterThan(0.7 * most(planned(130)));
    }

    @Test
    void slowFirstSimulationsAreForgotten() {
        var pace = new SimulationPace();
        int begun = 7000;
        // The first 8 take 50 each, the others 10.
        pace.begin(begun, begun + 1000);
        int[] expected = new int[65];
        for (int i = 1; i <= 64; i++) expected[i] = pace.expected(i, begun + (i <= 8 ? 50 * i : 400 + 10 * (i - 8)), 500);

        assertThat(expected[8]).isEqualTo(20);
        assertThat(Arrays.copyOfRange(expected, 17, 65)).containsOnly(68);
        pace.begin(begun, Long.MAX_VALUE);
        assertThat(pace.expected(1, 0, 500)).isEqualTo(500);
    }

    @Test
    void timeInPlentyChangesNothing() {
        SearchResult timed = search(40, Budget.wallClock(Duration.ofMillis(500)), i -> i * MILLI, StopReason.COMPLETED);

        assertThat(timed.visitCounts()).isEqualTo(planned(40).visitCounts());
    }

    @Test
    void modelStepsAreAScheduleOfTheirOwn() {
        SearchResult limited = search(MANY, Budget.modelSteps(100 * BANDITS), i -> 0, StopReason.MODEL_STEPS);

        assertThat(Arrays.stream(limited.simulations()).distinct().toArray()).containsExactly(100);
        assertThat(limited.visitCounts()).isEqualTo(planned(100).visitCounts());
    }
}
