package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Game;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectFourTest {
    /** Sequences of moves from the empty board (J. Tromp counts them so); 7^n until a column can be full. */
    @Test
    void sequencesOfMovesAreTheKnownOnes() {
        long[] known = {1, 7, 49, 343, 2401, 16_807, 117_649, 823_536, 5_673_234};
        for (int depth = 0; depth < known.length; depth++) {
            assertThat(Perft.sequences(new ConnectFour(), depth)).as("depth %d", depth).isEqualTo(known[depth]);
        }
    }

    /** Different positions after n moves (J. Tromp; OEIS A212693). */
    @Test
    void countsOfPositionsAreTheKnownOnes() {
        int[] known = {1, 7, 49, 238, 1120, 4263, 16_422, 54_859};
        Game game = new ConnectFour();
        Map<List<Integer>, int[]> positions = Map.of(List.of(), Perft.start(game));
        int[] actions = new int[game.actionCount()];
        for (int moves = 0; moves < known.length; moves++) {
            assertThat(positions).as("after %d moves", moves).hasSize(known[moves]);
            Map<List<Integer>, int[]> next = new HashMap<>();
            for (int[] position : positions.values()) {
                int count = game.legalActions(position, actions);
                for (int i = 0; i < count; i++) {
                    int[] after = position.clone();
                    game.play(after, actions[i]);
                    next.put(java.util.Arrays.stream(after).boxed().toList(), after);
                }
            }
            positions = next;
        }
    }
}
