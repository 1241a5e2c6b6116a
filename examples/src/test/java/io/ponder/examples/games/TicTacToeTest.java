package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicTacToeTest {
    private final Game game = new TicTacToe();

    /** 255 168 games: 131 184 won by the first player, 77 904 by the second, 46 080 drawn (H. Bottomley, 2001). */
    @Test
    void countsOfCompleteGamesAreTheKnownOnes() {
        Map<Float, Integer> games = new HashMap<>();
        Set<List<Integer>> positions = new HashSet<>();
        play(Perft.start(game), games, positions);

        assertThat(games).containsOnly(Map.entry(1f, 131_184), Map.entry(-1f, 77_904), Map.entry(0f, 46_080));
        assertThat(positions).hasSize(5_478);
    }

    private void play(int[] position, Map<Float, Integer> games, Set<List<Integer>> positions) {
        positions.add(List.of(position[0], position[1]));
        if (game.playerToMove(position) == Game.TERMINAL) {
            games.merge(game.reward(position, 0), 1, Integer::sum);
            return;
        }
        int[] actions = new int[game.actionCount()];
        int count = game.legalActions(position, actions);
        for (int i = 0; i < count; i++) {
            int[] next = position.clone();
            game.play(next, actions[i]);
            play(next, games, positions);
        }
    }

    @Test
    void sequencesOfMovesAreTheKnownOnes() {
        long[] known = {1, 9, 72, 504, 3024, 15_120, 54_720, 148_176, 200_448, 127_872};
        for (int depth = 0; depth < known.length; depth++) {
            assertThat(Perft.sequences(game, depth)).as("depth %d", depth).isEqualTo(known[depth]);
        }
    }
}
