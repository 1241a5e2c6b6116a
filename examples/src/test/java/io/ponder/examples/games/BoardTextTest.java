package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoardTextTest {
    static List<String> names() {
        return Games.names();
    }

    private static int[] after(Game game, BoardText text, String... moves) {
        int[] position = Perft.start(game);
        for (String move : moves) game.play(position, text.parse(position, move));
        return position;
    }

    /** In random games every legal move has a notation of its own and is read back, also in capitals and with spaces. */
    @ParameterizedTest
    @MethodSource("names")
    void whatIsWrittenIsReadBack(String name) {
        Game game = Games.make(name);
        BoardText text = Games.text(name);
        int[] actions = new int[game.actionCount()];
        int[] position = Perft.start(game);
        for (int i = 0; i < 200 && game.playerToMove(position) != Game.TERMINAL; i++) {
            long random = Bits.random(4, i);
            if (game.playerToMove(position) == Game.CHANCE) {
                int outcome = game.randomOutcome(position, random);
                assertThat(text.move(position, outcome)).isNotBlank();
                game.play(position, outcome);
                continue;
            }
            int count = game.legalActions(position, actions);
            Set<String> seen = new HashSet<>();
            for (int k = 0; k < count; k++) {
                String written = text.move(position, actions[k]);
                assertThat(seen.add(written)).isTrue();
                assertThat(text.parse(position, written)).isEqualTo(actions[k]);
                assertThat(text.parse(position, " " + written.toUpperCase(Locale.ROOT) + " ")).isEqualTo(actions[k]);
            }
            assertThatThrownBy(() -> text.parse(position, "zz")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("move is 'zz', but it must be one of " + text.move(position, actions[0]));
            game.play(position, game.randomAction(position, random));
        }
        for (int p = 0; p < game.players(); p++) assertThat(text.player(p)).isNotBlank();
    }

    /** Colours do not change what is drawn. */
    @ParameterizedTest
    @MethodSource("names")
    void coloursAreOnlyAdded(String name) {
        Game game = Games.make(name);
        BoardText text = Games.text(name);
        int[] position = Perft.start(game);
        game.rollout(position, 9, 12, new float[game.players()]);

        String plain = text.draw(position, false);
        String coloured = text.draw(position, true);

        assertThat(plain).doesNotContain("\u001B").endsWith("\n");
        assertThat(coloured).contains("\u001B[");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void ticTacToeIsDrawnWithLettersAndNumbers() {
        BoardText text = Games.text("tictactoe");

        assertThat(text.draw(after(new TicTacToe(), text, "b2", "A3", "c 1"), false)).isEqualTo("""
                3 O . .
                2 . X .
                1 . . X
                  a b c
                """);
    }

    @Test
    void connectFourNumbersItsColumns() {
        BoardText text = Games.text("connect4");

        assertThat(text.draw(after(new ConnectFour(), text, "4", "4", "1", "7"), false)).isEqualTo("""
                . . . . . . .
                . . . . . . .
                . . . . . . .
                . . . . . . .
                . . . O . . .
                X . . X . . O
                1 2 3 4 5 6 7
                """);
    }

    @Test
    void othelloNumbersItsRowsFromTheTop() {
        Othello game = new Othello(8);
        BoardText text = Games.text("othello8");

        assertThat(text.draw(after(game, text, "d3", "c3"), false)).isEqualTo("""
                1 . . . . . . . .
                2 . . . . . . . .
                3 . . O X . . . .
                4 . . . O X . . .
                5 . . . X O . . .
                6 . . . . . . . .
                7 . . . . . . . .
                8 . . . . . . . .
                  a b c d e f g h
                """);
        assertThat(text.move(Perft.start(game), game.pass())).isEqualTo("pass");
    }

    @Test
    void breakthroughMarksCaptures() {
        Breakthrough game = new Breakthrough(6, 6);
        BoardText text = Games.text("breakthrough6");
        int[] position = after(game, text, "a2-a3", "b5b4");

        assertThat(text.move(position, text.parse(position, "a3-b4"))).isEqualTo("a3xb4");
        assertThat(text.draw(after(game, text, "a2-a3", "b5-b4", "a3xb4"), false)).isEqualTo("""
                6 O O O O O O
                5 O . O O O O
                4 . X . . . .
                3 . . . . . .
                2 . X X X X X
                1 X X X X X X
                  a b c d e f
                """);
    }

    @Test
    void tilesAreDrawnAsTheirValues() {
        SlidingTiles game = new SlidingTiles(3);
        BoardText text = Games.text("2048-3x3");
        int[] position = Perft.start(game);
        assertThat(text.move(position, 9)).isEqualTo("4 at b2");
        game.play(position, 9);
        game.play(position, 0);
        game.play(position, text.parse(position, "r"));

        assertThat(text.draw(position, false)).isEqualTo("""
                     .      .      2
                     .      .      4
                     .      .      .
                """);
    }

    @Test
    void catchShowsBallAndPaddle() {
        Catch game = new Catch();
        BoardText text = Games.text("catch");
        int[] position = Perft.start(game);
        game.play(position, 4);
        game.play(position, text.parse(position, "left"));

        assertThat(text.draw(position, false)).isEqualTo(
                ". . . . .\n. . . . o\n" + ". . . . .\n".repeat(7) + ". = . . .\n");
    }

    @Test
    void pigShowsScoresAndWhatTheTurnBrings() {
        Pig game = new Pig();
        BoardText text = Games.text("pig");
        int[] position = Perft.start(game);
        game.play(position, text.parse(position, "roll"));
        assertThat(text.move(position, 4)).isEqualTo("rolls 5");
        game.play(position, 4);

        assertThat(text.draw(position, false)).isEqualTo("player 1: 0 + 5\nplayer 2: 0\n");
    }

    @Test
    void matrixGamesShowTheirTable() {
        MatrixGame game = MatrixGame.prisonersDilemma();
        BoardText text = Games.text("prisoners-dilemma");

        assertThat(text.draw(after(game, text, "cooperate defect"), false)).isEqualTo(
                """
                cooperate / cooperate pays 3 and 3   cooperate / defect pays 0 and 5 <
                defect / cooperate pays 5 and 0   defect / defect pays 1 and 1
                """);
    }
}
