package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.Gomoku;
import io.ponder.examples.games.MatrixGame;
import io.ponder.examples.games.SlidingTiles;
import io.ponder.examples.games.TicTacToe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSpecTest {
    private static final PlanBudget USUAL = PlanBudget.parse("think", "1s");

    private static AgentSpec parse(String text) {
        return AgentSpec.parse("--agent", text, USUAL);
    }

    @Test
    void simulationsAndTimesAreRead() {
        assertThat(parse("UCT:10k").think().modelSteps()).isEqualTo(10_000);
        assertThat(parse("solver:0.5s").think().nanos()).isEqualTo(500_000_000);
        assertThat(parse("uct").think()).isEqualTo(USUAL);
        assertThat(parse("random").kind()).isEqualTo(AgentSpec.Kind.RANDOM);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "utc; is 'utc', but it must be one of human, random, perfect, uct, solver; you meant uct.",
        "sovler:5; is 'sovler:5'; you meant solver.",
        "solver:abc; is 'solver:abc', but what solver may use for a move must be simulations such as; write solver:1000",
        "uct:0; is 'uct:0', but what uct may use; write uct:1000",
        "random:5; is 'random:5', but random does not think; write random.",
    })
    void whatIsWrongIsSaidWithTheWholeText(String text, String sentence, String advice) {
        for (String part : sentence.split(", but ")) {
            assertThatThrownBy(() -> AgentSpec.parse("--agent", text, USUAL, "human"))
                    .hasMessageStartingWith("--agent is '" + text + "', but ")
                    .hasMessageContaining(part)
                    .hasMessageContaining("\nMaybe " + advice);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chess", "uct:", "uct:-1", "random:5", "perfect:5", "uct:default", "uct:1000000s", "uct 5"})
    void whatIsNoAgentIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("\nMaybe");
    }

    @Test
    void moreSimulationsFindTheWinningSquare() {
        var game = new TicTacToe();
        int[] position = new int[game.positionSize()];
        game.start(position);
        // X owns a corner and the centre, O two squares of an edge: X wins at the other corner.
        for (int move : new int[] {4, 1, 0, 2}) game.play(position, move);
        try (Agent agent = parse("uct:500").maker(game, 1).make()) {
            for (int key = 0; key < 5; key++) assertThat(agent.choose(position, 0, key)).isEqualTo(8);
        }
    }

    @Test
    void anAgentGivesHintsOfWhichTheFirstIsItsMove() {
        var game = new TicTacToe();
        int[] position = new int[game.positionSize()];
        game.start(position);
        try (Agent agent = parse("uct:300").maker(game, 1).make()) {
            List<Advisor.Advice> advices = ((Advisor) agent).advise(position, 0, 7);
            assertThat(advices).hasSize(9);
            assertThat(advices.get(0).move()).isEqualTo(agent.choose(position, 0, 7));
            assertThat(advices.stream().mapToLong(Advisor.Advice::visits).sum()).isEqualTo(300);
            assertThat(advices.get(0).variation()).hasSizeGreaterThan(1).startsWith(advices.get(0).move());
        }
    }

    @Test
    void aSolverSaysWhatIsProven() {
        var game = new TicTacToe();
        int[] position = new int[game.positionSize()];
        game.start(position);
        for (int move : new int[] {4, 1, 0, 2}) game.play(position, move);
        try (Agent agent = parse("solver:2000").maker(game, 1).make()) {
            Advisor.Advice best = ((Advisor) agent).advise(position, 0, 1).get(0);
            assertThat(best.move()).isEqualTo(8);
            assertThat(best.proven()).isTrue();
            assertThat(best.value()).isEqualTo(1);
        }
    }

    @Test
    void aSolverNeedsResultsThatCanBeProven() {
        assertThatThrownBy(() -> parse("solver").maker(new SlidingTiles(3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--agent is 'solver', but ")
                .hasMessageContaining("2048")
                .hasMessageContaining("\nMaybe take uct");
        assertThatThrownBy(() -> parse("perfect").maker(new SlidingTiles(3), 1)).hasMessageContaining("without chance");
    }

    @Test
    void aTreeThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> parse("uct:9m").maker(new Gomoku(15, 5), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9000000 nodes")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void aPerfectAgentNeverLosesAndIsRefusedALargeGame() {
        var game = new TicTacToe();
        List<Tournament.AgentMaker> agents = List.of(parse("perfect").maker(game, 1), () -> new RandomAgent(game));
        var settings = new Tournament.Settings(40, 0, 100, 3, 1);
        for (Tournament.Played played : new Tournament(game, agents, settings).run(new Cancellation(), one -> {})) {
            assertThat(played.record().score()).isIn(0.5, played.first() == 0 ? 1.0 : 0.0);
        }
        assertThatThrownBy(() -> parse("perfect").maker(new ConnectFour(), 1))
                .hasMessageStartingWith("--agent is 'perfect', but connect4 is too large")
                .hasMessageContaining("\nMaybe take solver");
    }

    @Test
    void whereAllDecideAtOnceEachAgentPlaysForItself() {
        var dilemma = MatrixGame.prisonersDilemma();
        int[] start = new int[dilemma.positionSize()];
        dilemma.start(start);
        try (Agent agent = parse("uct:2000").maker(dilemma, 1).make()) {
            // The second action, to defect, is better whatever the other does.
            for (int player = 0; player < 2; player++) {
                for (int key = 0; key < 10; key++) assertThat(agent.choose(start, player, key)).isEqualTo(1);
            }
        }
    }
}
