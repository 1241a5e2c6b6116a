package io.ponder.examples.games;

import java.util.ArrayList;
import java.util.List;

/** Breakthrough by the rule book. */
final class SlowBreakthrough extends SlowBoard {
    SlowBreakthrough(int rows, int columns) {
        super(rows, columns);
        for (int c = 0; c < columns; c++) {
            owner[0][c] = 1;
            owner[1][c] = 1;
            owner[rows - 2][c] = 0;
            owner[rows - 1][c] = 0;
        }
    }

    private SlowBreakthrough(SlowBreakthrough other) {
        super(other);
    }

    @Override
    public List<Integer> moves() {
        List<Integer> moves = new ArrayList<>();
        if (over) return moves;
        for (int r = 0; r < owner.length; r++) {
            for (int c = 0; c < owner[0].length; c++) {
                if (owner[r][c] != turn) continue;
                int ahead = turn == 0 ? r - 1 : r + 1;
                for (int direction = 0; direction < 3; direction++) {
                    int aside = c + direction - 1;
                    if (!onBoard(ahead, aside)) continue;
                    int there = owner[ahead][aside];
                    if (there == FREE || (there == 1 - turn && direction != 1)) moves.add(3 * (r * owner[0].length + c) + direction);
                }
            }
        }
        return moves;
    }

    @Override
    public void play(int move) {
        int r = move / 3 / owner[0].length;
        int c = move / 3 % owner[0].length;
        int ahead = turn == 0 ? r - 1 : r + 1;
        owner[r][c] = FREE;
        owner[ahead][c + move % 3 - 1] = turn;
        int enemy = 1 - turn;
        if (ahead == (turn == 0 ? 0 : owner.length - 1) || !board().contains(enemy)) {
            over = true;
            winner = turn;
        }
        turn = enemy;
    }

    @Override
    public SlowTwin copy() {
        return new SlowBreakthrough(this);
    }
}
