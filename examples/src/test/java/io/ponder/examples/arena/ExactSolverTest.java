package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.game.Game;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.TicTacToe;
import org.junit.jupiter.api.Test;

class ExactSolverTest {
    private final Game game = new TicTacToe();

    private int[] after(int... moves) {
        int[] position = new int[game.positionSize()];
        game.start(position);
        for (int move : moves) game.play(position, move);
        return position;
    }

    @Test
    void ticTacToeIsADraw() {
        assertThat(new ExactSolver(game, 6000).value(after())).isZero();
    }

    @Test
    void knownPositionsAreWonDrawnAndLost() {
        var solver = new ExactSolver(game, 6000);
        // x in the centre, o at an edge: x wins; o in a corner: a draw.
        assertThat(solver.value(after(4, 1))).isEqualTo(1);
        assertThat(solver.value(after(4, 0))).isZero();
        assertThat(solver.value(after(4), 1)).isEqualTo(-1);
        // x in a corner, o beside it: x wins, with the centre.
        assertThat(solver.value(after(0, 1), 4)).isEqualTo(1);
    }

    @Test
    void agreesWithPlainMinimaxEverywhere() {
        var solver = new ExactSolver(game, 6000);
        compare(solver, after());
        assertThat(solver.positions()).isLessThanOrEqualTo(5478);
    }

    private double compare(ExactSolver solver, int[] position) {
        int player = game.playerToMove(position);
        if (player == Game.TERMINAL) throw new AssertionError("the recursion stops before the end");
        double best = -1;
        for (int a = 0; a < 9; a++) {
            if (!game.legal(position, a)) continue;
            int[] next = position.clone();
            game.play(next, a);
            best = Math.max(best, game.playerToMove(next) == Game.TERMINAL ? game.reward(next, player) : -compare(solver, next));
        }
        if (Integer.bitCount(position[0] | position[1]) > 2) assertThat(solver.value(position)).isEqualTo(best);
        return best;
    }

    @Test
    void aGameThatIsTooLargeIsGivenUp() {
        Game large = new ConnectFour();
        int[] start = new int[large.positionSize()];
        large.start(start);
        assertThatThrownBy(() -> new ExactSolver(large, 10_000).value(start)).hasMessageContaining("10000 positions were not enough");
    }
}
