package io.ponder.examples.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.arena.GameEvaluation;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingTask;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Small versions of the presets of board games, against the same without what should make them learn. */
class SelfTaughtPlayTest {
    private static final int GAMES = 200;
    private static final long SEED = 2;

    private static TrainingTask task(TrainingMethod method, String game, String changes) {
        return CurveRows.task(method, game, CurveRows.preset(method, game, changes), SEED);
    }

    /** Returns how many games the agent of a task loses against perfect play. */
    private static long lost(TrainingTask task) {
        double[] returns = new GameEvaluation(task, "perfect", GAMES).evaluate(SEED);
        assertThat(returns).hasSize(GAMES);
        return Arrays.stream(returns).filter(result -> result < 0).count();
    }

    private static long lostOnceTrained(TrainingTask task) {
        CurveRows.learn(task, Double.POSITIVE_INFINITY, seed -> new double[1], new Cancellation());
        return lost(task);
    }

    @Test
    void alphaZeroThatSearchesWhileItTrainsLosesLittleAndWithoutSearchMuch() {
        String small = "steps=2500 simulations=25 playSimulations=25 hidden=64 positionsBefore=300 batch=64";
        TrainingTask searching = task(TrainingMethod.ALPHAZERO, "tictactoe", small);
        long untrained = lost(searching);
        long trained = lostOnceTrained(searching);
        long withoutSearch = lostOnceTrained(task(TrainingMethod.ALPHAZERO, "tictactoe", small + " simulations=1"));

        // Seeds 1 to 3 lost 15, 8 and 37 of 200 games with search, 86, 80 and 108 without, 91 untrained.
        assertThat(trained).isLessThan(untrained / 3).isLessThan(withoutSearch / 3);
    }

    @Test
    @Tag("evidence")
    void muZeroLosesLittleAndMuchWithTheWrongSignOfItsDiscountOrWithoutMasks() {
        String small = "steps=7000 playSimulations=25 learnsPerStep=0.7 positionsBefore=300 batch=64";
        long right = lostOnceTrained(GameRows.withDiscount(-1, task(TrainingMethod.MUZERO, "tictactoe", small)));
        long wrong = lostOnceTrained(GameRows.withDiscount(1, task(TrainingMethod.MUZERO, "tictactoe", small)));

        assertThat(right).isLessThan(GAMES / 4);
        assertThat(wrong).isGreaterThan(GAMES / 2);
        long unmasked = lostOnceTrained(GameRows.withoutMasks(task(TrainingMethod.MUZERO, "tictactoe", small)));
        assertThat(unmasked).isGreaterThan(2 * right);
    }

    @Test
    void theLadderRatesAnUntrainedAgentBelowItsLowestRungAndTheRungsInTheirOrder() {
        TrainingTask beginner = task(TrainingMethod.ALPHAZERO, "connect4", "channels=8 blocks=1 playSimulations=1");
        var ladder = new EloLadder(beginner, 4, SEED, 2, new Cancellation());

        double[] first = ladder.evaluate(SEED);
        double[] second = ladder.evaluate(SEED + 1);

        assertThat(first).hasSize(12);
        assertThat(second).hasSize(12);
        Map<String, double[]> curve = ladder.curve();
        for (int point = 0; point < 2; point++) {
            double elo = curve.get("elo")[point];
            assertThat(elo).isLessThan(curve.get("elo solver:100")[point]);
            assertThat(curve.get("elo solver:100")[point]).isLessThan(0);
            assertThat(curve.get("elo solver:1000")[point]).isZero();
            assertThat(curve.get("elo solver:10000")[point]).isPositive();
            assertThat(curve.get("scoreAgainst solver:10000")[point]).isLessThan(0.5);
        }
        assertThat(ladder.newest()).isEqualTo(curve.get("elo")[1]);
    }
}
