package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.game.Game;
import org.junit.jupiter.api.Test;

class OthelloTest {
    /** Moves of the shortest game: white has nothing left. */
    private static final int SHORTEST = 9;

    /** The counts that Othello programs compare; a pass is a move, and a game that is over earlier counts once. */
    @Test
    void sequencesOfMovesAreTheKnownOnes() {
        long[] known = {1, 4, 12, 56, 244, 1396, 8200, 55_092, 390_216, 3_005_288, 24_571_284};
        long over = 0;
        for (int depth = 0; depth < known.length; depth++) {
            assertThat(Perft.sequences(new Othello(8), depth) + over).as("depth %d", depth).isEqualTo(known[depth]);
            if (depth >= SHORTEST) over += Perft.finished(new Othello(8), depth);
        }
    }

    /** On 4 x 4 white wins 11 to 3 when both play best, which includes passes. */
    @Test
    void smallestBoardIsWonByWhiteElevenToThree() {
        Othello game = new Othello(4);

        assertThat(best(game, Perft.start(game))).isEqualTo(3 - 11);
    }

    /** Returns by how many discs black leads in the end. */
    private static int best(Othello game, int[] position) {
        int player = game.playerToMove(position);
        if (player == Game.TERMINAL) return Long.bitCount(game.stones(position, 0)) - Long.bitCount(game.stones(position, 1));
        int best = player == 0 ? -100 : 100;
        int[] actions = new int[game.actionCount()];
        int count = game.legalActions(position, actions);
        for (int i = 0; i < count; i++) {
            int[] next = position.clone();
            game.play(next, actions[i]);
            int value = best(game, next);
            best = player == 0 ? Math.max(best, value) : Math.min(best, value);
        }
        return best;
    }

    @Test
    void anOddBoardIsRefused() {
        assertThatThrownBy(() -> new Othello(7)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("side is 7, but it must be even: 4, 6 or 8.");
    }
}
