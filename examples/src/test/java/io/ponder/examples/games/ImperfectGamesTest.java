package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;
import io.ponder.engine.game.imperfect.BehaviourPolicy;
import io.ponder.engine.game.imperfect.ExtensiveForm;
import io.ponder.engine.game.imperfect.PolicyValues;
import io.ponder.engine.game.imperfect.TurnBased;
import io.ponder.planners.policy.MagneticMirrorDescent;
import io.ponder.planners.policy.MirrorDescent;
import io.ponder.planners.policy.PolicyOperator;
import io.ponder.planners.update.LastIterateLearner;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImperfectGamesTest {
    /** Sums of a few thousand products in double precision. */
    private static final double ROUNDING = 1e-9;

    static List<ImperfectInformationGame> games() {
        return List.of(new KuhnPoker(), new LeducPoker(), new DarkHex(2, true), new DarkHex(2, false), new Signalling(3, 2, 5),
                new TurnBased(MatrixGame.perturbedRockPaperScissors()), new TurnBased(MatrixGame.twoLevers()));
    }

    private static BehaviourPolicy learn(ExtensiveForm form, int updates, double pull) {
        var learner = new LastIterateLearner(new BehaviourPolicy(form));
        for (int t = 1; t <= updates; t++) {
            learner.update(new MagneticMirrorDescent(1 / Math.sqrt(t), pull / Math.sqrt(t)));
        }
        return learner.policy();
    }

    @ParameterizedTest
    @MethodSource("games")
    void historiesKeepTheRules(ImperfectInformationGame game) {
        var form = new ExtensiveForm(game);
        var values = new PolicyValues(form);
        var uniform = new BehaviourPolicy(form);
        int[] position = new int[game.positionSize()];
        for (int h = 0; h < form.histories(); h++) {
            double sum = 0;
            for (int c = form.firstChild(h); c < form.firstChild(h) + form.children(h); c++) sum += form.chance(c);
            if (form.mover(h) == Game.CHANCE) assertThat(sum).isEqualTo(1, within(ROUNDING));
            form.position(h, position);
            assertThat(game.playerToMove(position)).isEqualTo(form.mover(h));
            double paid = form.returns(h, 0) + form.returns(h, 1);
            if (game.zeroSum()) assertThat(paid).isZero();
        }
        if (game.zeroSum()) assertThat(values.value(uniform, 0)).isEqualTo(-values.value(uniform, 1), within(ROUNDING));
        assertThat(values.bestResponse(uniform, 0)).isGreaterThanOrEqualTo(values.value(uniform, 0) - ROUNDING);
    }

    @Test
    void kuhnPokerIsWorthWhatKuhnFound() {
        var form = new ExtensiveForm(new KuhnPoker());
        var values = new PolicyValues(form);

        assertThat(form.sets()).isEqualTo(12);
        assertThat(values.exploitability(new BehaviourPolicy(form))).isEqualTo(11 / 24.0, within(ROUNDING));

        BehaviourPolicy learnt = learn(form, 1000, 1);
        assertThat(values.exploitability(learnt)).isLessThan(0.01);
        // A policy that exploitability e is near an equilibrium earns its value within e.
        assertThat(values.value(learnt, 0)).isEqualTo(-1 / 18.0, within(0.01));
    }

    /** 9 300 histories (Sokota and others 2023, appendix), those where chance moves not counted. */
    @Test
    void leducPokerHasItsHistoriesAndExploitability() {
        var form = new ExtensiveForm(new LeducPoker());
        var values = new PolicyValues(form);

        assertThat(IntStream.range(0, form.histories()).filter(h -> form.mover(h) != Game.CHANCE).count()).isEqualTo(9_300);
        assertThat(form.sets()).isEqualTo(288);
        assertThat(values.nashConv(new BehaviourPolicy(form))).isEqualTo(4.747, within(5e-4));
        assertThat(values.exploitability(learn(form, 100, 5))).isLessThan(0.3);
    }

    /** Quantal response equilibria of S. Sokota's public implementation, 8 digits; payoffs are floats here. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.29813319, 0.41382045, 0.28804635", "0.2, 0.22364492, 0.47798817, 0.29836691",
        "0.1, 0.17347803, 0.48630324, 0.34021873"})
    void magneticMirrorDescentFindsTheQuantalResponseEquilibrium(double temperature, double rock, double paper, double scissors) {
        var learner = new LastIterateLearner(new BehaviourPolicy(
                new ExtensiveForm(new TurnBased(MatrixGame.perturbedRockPaperScissors()))));
        for (int t = 0; t < 3000; t++) learner.update(new MagneticMirrorDescent(temperature, temperature));

        double[] expected = {rock, paper, scissors, rock, paper, scissors};
        for (int i = 0; i < 6; i++) assertThat(learner.policy().table()[i]).isEqualTo(expected[i], within(1e-7));
    }

    /**
     * After a step of size eta both pull the left lever with p = .6 e^(.4 eta) / (.6 e^(.4 eta) + .4 e^(.6 eta)), worth 2 p (1
     * - p).
     */
    @ParameterizedTest
    @CsvSource({"0.5, 0.4885", "2.03, 0.5", "4.1, 0.4791"})
    void leversFollowTheClosedForm(double step, double printed) {
        var form = new ExtensiveForm(new TurnBased(MatrixGame.twoLevers()));
        var policy = new BehaviourPolicy(form);
        for (int player = 0; player < 2; player++) {
            policy.table()[2 * player] = 0.6;
            policy.table()[2 * player + 1] = 0.4;
        }
        new LastIterateLearner(policy).update(new MirrorDescent(step));

        double left = 0.6 * Math.exp(0.4 * step);
        double p = left / (left + 0.4 * Math.exp(0.6 * step));
        assertThat(new PolicyValues(form).value(policy, 1))
                .isEqualTo(2 * p * (1 - p), within(ROUNDING)).isEqualTo(printed, within(5e-5));
    }

    @Test
    void mirrorDescentNeverSpoilsCommonPayoffsWithSmallSteps() {
        PolicyOperator operator = new MirrorDescent(10);
        for (int seed = 0; seed < 40; seed++) {
            var form = new ExtensiveForm(new Signalling(3, 3, seed));
            var learner = new LastIterateLearner(new BehaviourPolicy(form));
            var values = new PolicyValues(form);
            double before = values.value(learner.policy(), 0);
            learner.update(operator);
            assertThat(values.value(learner.policy(), 0)).isGreaterThan(before);
        }
    }

    @Test
    void darkHexSaysWhatATryMeant() {
        var game = new DarkHex(3, true);
        int[] position = Perft.start(game);
        long first = game.informationSet(position, 1);
        game.play(position, 4);
        assertThat(game.informationSet(position, 1)).isEqualTo(first);

        game.play(position, 4);
        assertThat(position[4]).isEqualTo(1);
        assertThat(game.playerToMove(position)).isZero();
        assertThat(game.legal(position, 4)).isFalse();
        game.play(position, 1);
        assertThat(game.legal(position, 4)).isFalse();
        assertThat(game.legal(position, 1)).isTrue();
        game.play(position, 0);
        game.play(position, 7);
        assertThat(game.playerToMove(position)).isEqualTo(Game.TERMINAL);
        assertThat(game.reward(position, 0)).isEqualTo(1);

        var classic = new DarkHex(3, false);
        position = Perft.start(classic);
        classic.play(position, 4);
        classic.play(position, 4);
        assertThat(classic.playerToMove(position)).isEqualTo(1);
    }

    @Test
    void darkHexIsJoinedAcrossTheShortDiagonalOnly() {
        var game = new DarkHex(3, true);
        int[] position = Perft.start(game);
        for (int move : new int[] {2, 0, 4, 1}) game.play(position, move);
        assertThat(game.playerToMove(position)).isZero();
        game.play(position, 6);
        assertThat(game.reward(position, 0)).isEqualTo(1);

        position = Perft.start(game);
        for (int move : new int[] {0, 1, 4, 2, 8}) game.play(position, move);
        assertThat(game.playerToMove(position)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoExtensiveForm() {
        assertThatThrownBy(() -> new ExtensiveForm(MatrixGame.matchingPennies())).hasMessageContaining("at once")
                .hasMessageContaining("Maybe take its TurnBased form");
        assertThatThrownBy(() -> new ExtensiveForm(new LeducPoker(), 100)).hasMessageContaining("more than 100 histories");
        assertThatThrownBy(() -> new ExtensiveForm(new Forgetful())).hasMessageContaining("different own actions in the past");
    }

    /** One player who moves twice and does not remember his first move. */
    private static final class Forgetful implements ImperfectInformationGame {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public int players() {
            return 1;
        }

        @Override
        public boolean zeroSum() {
            return false;
        }

        @Override
        public int actionCount() {
            return 2;
        }

        @Override
        public int positionSize() {
            return 1;
        }

        @Override
        public void start(int[] position) {
            position[0] = 1;
        }

        @Override
        public int playerToMove(int[] position) {
            return position[0] < 4 ? 0 : TERMINAL;
        }

        @Override
        public boolean legal(int[] position, int action) {
            return position[0] < 4;
        }

        @Override
        public void play(int[] position, int move) {
            position[0] = 2 * position[0] + move;
        }

        @Override
        public float reward(int[] position, int player) {
            return 0;
        }

        @Override
        public long informationSet(int[] position, int player) {
            return position[0] == 1 ? 0 : 1;
        }
    }
}
