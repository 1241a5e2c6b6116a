package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.examples.arena.GameFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayCommandTest {
    @Test
    void twoAgentsPlayAGameThatIsKept(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("game.json");
        CommandLineRun run = CommandLineRun.of(
                "play", "tictactoe", "--agent", "uct:50", "--opponent", "random", "--seed", "4", "--save", file.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("X (random) plays", "O (uct:50) plays", "Saved: ");
        assertThat(GameFile.read(file).over()).isTrue();
    }

    @Test
    void aSavedGameOfAnotherGameIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("game.json");
        CommandLineRun.of("play", "connect4", "--agent", "random", "--opponent", "random", "--seed", "4", "--save", file.toString());
        CommandLineRun run = CommandLineRun.of("play", "tictactoe", "--load", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("ponder: --load is '" + file + "', but it is a game of connect4 and not of tictactoe.\n"
                + "Maybe run 'ponder play connect4 --load " + file + "'.");
        Files.writeString(file, Files.readString(file).replaceFirst("\"moves\" : \\[", "\"moves\" : [ 77,"));
        run = CommandLineRun.of("play", "connect4", "--load", file.toString());
        assertThat(run.err()).contains("', but move 1 of the game is 77").contains("\nMaybe the game was saved by other rules");
        Files.writeString(file, "nonsense");
        run = CommandLineRun.of("play", "tictactoe", "--load", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("it must be a saved game").contains("\nMaybe");
    }

    @Test
    void wrongUseIsOneSentence() {
        for (String[] arguments : new String[][] {
            {"play", "chess"},
            {"play", "tictactoe", "--agent", "foo"},
            {"play", "connect4", "--agent", "perfect"},
            {"play", "2048", "--agent", "solver"},
            {"tournament", "connect4", "--agents", "human,uct"},
            {"tournament", "connect4", "--agents", "uct,solver:abc"},
            {"play", "tictactoe", "--think", "long"},
            {"play", "tictactoe", "--load", "/no/such/file"},
            {"tournament", "pig3"},
            {"tournament", "tictactoe", "--agents", "random"},
            {"tournament", "tictactoe", "--games", "1"},
            {"tournament", "tictactoe", "--games", "0"},
            {"tournament", "tictactoe", "--agents", "random,,uct:10"},
            {"play", "tictactoe", "--think", "0"},
        }) {
            CommandLineRun run = CommandLineRun.of(arguments);
            assertThat(run.code()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(run.err().strip().lines()).as(String.join(" ", arguments)).hasSize(2);
            assertThat(run.err()).contains("\nMaybe");
        }
    }

    @Test
    void aTournamentShowsRatings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("table.json");
        CommandLineRun run = CommandLineRun.of(
                "tournament", "tictactoe", "--agents", "random,uct:100", "--games", "10", "--json", file.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("10 of 10: ", "95 % interval");
        assertThat(run.out().lines().filter(line -> line.startsWith("uct:100 ")).findFirst().orElseThrow()).contains("+");
        assertThat(Files.readString(file)).contains("ponder.tournament/1");
    }
}
