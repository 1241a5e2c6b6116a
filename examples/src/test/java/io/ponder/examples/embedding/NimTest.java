package io.ponder.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.env.EnvironmentChecker;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.GameEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NimTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void thePageShowsTheGameThatIsCompiled() throws Exception {
        String source = Files.readString(ROOT.resolve("examples/src/main/java/io/ponder/examples/embedding/Nim.java"));
        String shown = source.substring(source.indexOf("import ")).strip();

        assertThat(Files.readString(ROOT.resolve("docs/games.md"))).contains(shown);
        assertThat(source.lines().count()).isLessThanOrEqualTo(60);
    }

    @Test
    void theCheckerFindsNothing() {
        assertThat(EnvironmentChecker.check(new GameEnvironment(new Nim()))).isEmpty();
    }

    /** The known strategy: leave a multiple of four. */
    @Test
    void whoLeavesAMultipleOfFourWins() {
        Game game = new Nim();
        for (int matches = 1; matches <= 21; matches++) {
            assertThat(value(game, new int[] {matches, 0})).isEqualTo(matches % 4 == 0 ? -1 : 1);
        }
    }

    /** Returns the value for the player who is to move. */
    private static float value(Game game, int[] position) {
        int player = game.playerToMove(position);
        float best = -1;
        for (int action = 0; action < game.actionCount(); action++) {
            if (!game.legal(position, action)) continue;
            int[] next = position.clone();
            game.play(next, action);
            boolean over = game.playerToMove(next) == Game.TERMINAL;
            best = Math.max(best, over ? game.reward(next, player) : -value(game, next));
        }
        return best;
    }
}
