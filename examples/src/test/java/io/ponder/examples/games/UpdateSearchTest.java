package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.game.imperfect.BehaviourPolicy;
import io.ponder.engine.game.imperfect.ExtensiveForm;
import io.ponder.engine.game.imperfect.GamePolicy;
import io.ponder.engine.game.imperfect.PolicyValues;
import io.ponder.engine.game.imperfect.UniformPolicy;
import io.ponder.planners.policy.Argmax;
import io.ponder.planners.policy.MirrorDescent;
import io.ponder.planners.update.ExactBelief;
import io.ponder.planners.update.OwnHistory;
import io.ponder.planners.update.RejectionBelief;
import io.ponder.planners.update.UpdateSearch;
import io.ponder.testing.Allocation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateSearchTest {
    private static final int SAMPLES = 20_000;
    /** Five standard deviations of the mean of so many returns of Kuhn poker, which are at most 2. */
    private static final double CHANCE = 5 * 2 / Math.sqrt(SAMPLES);

    private final ExtensiveForm kuhn = new ExtensiveForm(new KuhnPoker());

    @Test
    void meanReturnsApproachTheExactActionValues() {
        var blueprint = new BehaviourPolicy(kuhn);
        for (int i = 0; i < kuhn.sets(); i++) {
            blueprint.table()[kuhn.first(i)] = 0.1 + 0.06 * i;
            blueprint.table()[kuhn.first(i) + 1] = 0.9 - 0.06 * i;
        }
        var search = new UpdateSearch(kuhn.game(), new ExactBelief(blueprint), blueprint, new Argmax(), SAMPLES);
        var values = new PolicyValues(kuhn);
        double[] q = new double[kuhn.entries()];
        for (int p = 0; p < 2; p++) values.actionValues(blueprint, p, q);
        int[] position = new int[4];
        double[] out = new double[2];
        for (int i = 0; i < kuhn.sets(); i++) {
            kuhn.position(kuhn.member(i, 0), position);
            var history = new OwnHistory().begin(kuhn.player(i)).at(kuhn.informationSet(i));
            double value = search.search(position, history, i, out);

            for (int a = 0; a < 2; a++) assertThat(search.actionValues()[a]).isEqualTo(q[kuhn.first(i) + a], within(CHANCE));
            assertThat(value).isEqualTo(Math.max(search.actionValues()[0], search.actionValues()[1]));
            assertThat(out[search.actionValues()[0] >= search.actionValues()[1] ? 0 : 1]).isEqualTo(1);
        }
    }

    /** The first player passed and faces a bet: the second has one of two cards, with a king he bets more often. */
    @Test
    void rejectionDrawsTheExactBelief() {
        var policy = new BehaviourPolicy(kuhn);
        int[] position = Perft.start(kuhn.game());
        kuhn.game().play(position, 1);
        kuhn.game().play(position, 2);
        var history = new OwnHistory().begin(0).at(kuhn.game().informationSet(position, 0)).chose(0);
        kuhn.game().play(position, 0);
        int king = kuhn.find(1, kuhn.game().informationSet(position, 1));
        policy.table()[kuhn.first(king)] = 0.1;
        policy.table()[kuhn.first(king) + 1] = 0.9;
        kuhn.game().play(position, 1);
        history.at(kuhn.game().informationSet(position, 0));
        int[][] drawn = new int[2000][4];

        var exact = new ExactBelief(policy);
        assertThat(exact.sample(history, 3, 2000, drawn)).isEqualTo(2000);
        // 0.9 / (0.9 + 0.5), with a standard deviation of 0.0107.
        assertThat(kings(drawn)).isEqualTo(0.643, within(0.05));
        var rejection = new RejectionBelief(kuhn.game(), policy, 500, 1000);
        assertThat(rejection.sample(history, 4, 2000, drawn)).isEqualTo(2000);
        assertThat(kings(drawn)).isEqualTo(0.643, within(0.05));
        for (int[] d : drawn) assertThat(d[0]).isEqualTo(2);
        assertThat(new RejectionBelief(kuhn.game(), policy, 1, 1).sample(history.at(-1), 4, 10, drawn)).isZero();
    }

    /**
     * The first player has taken the first cell. A quarter of what the second may have done begins with a try there, and is one
     * step longer than the rest. Fewer positions are asked for than a batch finds.
     */
    @Test
    void rejectionFavoursNoShortGames() {
        var game = new DarkHex(2, false);
        var exact = new ExactBelief(new BehaviourPolicy(new ExtensiveForm(game)));
        var rejection = new RejectionBelief(game, new UniformPolicy(game), 500, 1000);
        int[] position = Perft.start(game);
        var history = new OwnHistory().begin(0).at(game.informationSet(position, 0)).chose(0);
        game.play(position, 0);
        history.at(game.informationSet(position, 0));
        int[][] drawn = new int[50][game.positionSize()];
        int failedByExact = 0;
        int failed = 0;
        for (int call = 0; call < 100; call++) {
            assertThat(exact.sample(history, call, 50, drawn)).isEqualTo(50);
            failedByExact += secondAttempts(game, drawn);
            assertThat(rejection.sample(history, call, 50, drawn)).isEqualTo(50);
            failed += secondAttempts(game, drawn);
        }
        // 5000 draws with a standard deviation of 0.006 in all.
        assertThat(failedByExact / 5000.0).isEqualTo(0.25, within(0.03));
        assertThat(failed / 5000.0).isEqualTo(0.25, within(0.03));
    }

    /** Returns in how many positions the second player has tried more than one cell. */
    private static int secondAttempts(DarkHex game, int[][] drawn) {
        int attempts = 0;
        for (int[] d : drawn) if (game.informationSet(d, 1) >= 9) attempts++;
        return attempts;
    }

    private static double kings(int[][] drawn) {
        int kings = 0;
        for (int[] d : drawn) if (d[1] == 3) kings++;
        return (double) kings / drawn.length;
    }

    @Test
    void blueprintIsAskedOnceAStepForAllRollouts() {
        ImperfectInformationGame game = new DarkHex(3, true);
        var uniform = new UniformPolicy(game);
        Map<Integer, Integer> calls = new HashMap<>();
        GamePolicy counted = (positions, columns, out) -> {
            calls.merge(columns, 1, Integer::sum);
            uniform.probabilities(positions, columns, out);
        };
        var belief = new RejectionBelief(game, uniform, 64, 100);
        var search = new UpdateSearch(game, belief, counted, new MirrorDescent(1), 1000);
        int[] position = Perft.start(game);
        double[] policy = new double[9];

        search.search(position, new OwnHistory().begin(0).at(game.informationSet(position, 0)), 1, policy);

        assertThat(search.found()).isEqualTo(1000);
        // One for the policy at the root; then all 9 000 rollouts, until the first of them ends.
        assertThat(calls).containsKey(1).containsKey(9000);
        assertThat(calls.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(19);
        double sum = 0;
        for (double p : policy) sum += p;
        assertThat(sum).isEqualTo(1, within(1e-12));
        // The middle has six neighbours, these corners have two.
        assertThat(policy[4]).isGreaterThan(policy[0]).isGreaterThan(policy[8]);
    }

    @Test
    void whereNoPositionIsFoundTheBlueprintStays() {
        ImperfectInformationGame game = new KuhnPoker();
        int[] position = Perft.start(game);
        game.play(position, 0);
        game.play(position, 1);
        var search = new UpdateSearch(game, (history, key, count, out) -> 0, new UniformPolicy(game), new Argmax(), 5);
        double[] policy = new double[2];

        assertThat(search.search(position, new OwnHistory().begin(0).at(0), 1, policy)).isNaN();
        assertThat(policy).containsExactly(0.5, 0.5);
    }

    @Test
    void aWarmSearchAllocatesNothing() {
        ImperfectInformationGame game = new DarkHex(3, true);
        var search = new UpdateSearch(
                game, new RejectionBelief(game, new UniformPolicy(game), 64, 100), new UniformPolicy(game),
                new MirrorDescent(1), 10);
        int[] position = Perft.start(game);
        var history = new OwnHistory().begin(0).at(game.informationSet(position, 0));
        double[] policy = new double[9];

        assertThat(Allocation.onceWarm(() -> search.search(position, history, 1, policy))).isZero();
    }
}
