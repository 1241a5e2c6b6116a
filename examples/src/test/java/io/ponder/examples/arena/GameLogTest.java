package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.game.Game;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.TicTacToe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GameLogTest {
    private final Game game = new TicTacToe();

    @Test
    void undoGivesThePositionBefore() {
        var log = new GameLog(game, 1);
        log.play(4);
        int[] before = log.position().clone();
        log.play(0);
        log.play(8);
        log.undo(2);
        assertThat(log.position()).isEqualTo(before);
        assertThat(log.length()).isEqualTo(1);
        log.undo(5);
        assertThat(log.length()).isZero();
    }

    @Test
    void illegalMovesChangeNothing() {
        var log = new GameLog(game, 1);
        log.play(4);
        int[] before = log.position().clone();
        for (int move : new int[] {4, -1, 9, 1000}) {
            assertThatThrownBy(() -> log.play(move)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("The move " + move);
        }
        assertThat(log.position()).isEqualTo(before);
    }

    @Test
    void returnsAreTheSumOfTheRewards() {
        var log = new GameLog(game, 1);
        for (int move : new int[] {0, 3, 1, 4, 2}) log.play(move);
        assertThat(log.over()).isTrue();
        assertThat(log.returns()).containsExactly(1, -1);
        log.undo(1);
        assertThat(log.returns()).containsExactly(0, 0);
    }

    @Test
    void aSavedGameGoesOnWhereItWas(@TempDir Path folder) throws IOException {
        var log = new GameLog(game, 3);
        log.play(4);
        log.play(1);
        Path file = folder.resolve("game.json");
        GameFile.write(file, log.record(List.of("human", "random")));
        GameRecord read = GameFile.read(file);
        assertThat(read).isEqualTo(log.record(List.of("human", "random")));
        assertThat(GameLog.of(game, read).position()).isEqualTo(log.position());
    }

    @Test
    void aGameOfOtherRulesIsRefused() {
        var record = new GameRecord("connect4", List.of("a", "b"), 1, List.of(6, 6, 6, 6, 6, 6, 6), List.of(0.0, 0.0), false);
        assertThatThrownBy(() -> GameLog.of(new ConnectFour(), record)).hasMessageContaining("move 7 of the game is 6").hasMessageContaining("\nMaybe");
        assertThatThrownBy(() -> GameLog.of(game, record)).hasMessageContaining("one of 'connect4'").hasMessageContaining("\nMaybe");
        var legalThere = new GameRecord("connect4", List.of("a", "b"), 1, List.of(0, 1), List.of(0.0, 0.0), false);
        assertThatThrownBy(() -> GameLog.of(game, legalThere)).hasMessageContaining("one of 'connect4'");
    }

    @Test
    void tornAndForeignFilesAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("game.json");
        Files.writeString(file, "{\"schema\": \"ponder.game/1\", \"game\": \"tictac");
        assertThatThrownBy(() -> GameFile.read(file)).isInstanceOf(IOException.class).hasMessageContaining("not JSON");
        Files.writeString(file, "{\"schema\": \"ponder.compare/1\"}");
        assertThatThrownBy(() -> GameFile.read(file)).isInstanceOf(IOException.class).hasMessageContaining("ponder.game/1");
        Files.writeString(file, "{\"schema\": \"ponder.game/1\", \"moves\": [\"x\"]}");
        assertThatThrownBy(() -> GameFile.read(file)).isInstanceOf(IOException.class).hasMessageContaining("moves hold \"x\"");
    }
}
