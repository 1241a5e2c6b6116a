package io.ponder.examples.games;

import java.util.ArrayList;
import java.util.List;

/** Tic-tac-toe, Gomoku and Connect Four: after every move the whole board is looked through for lines. */
final class SlowLines extends SlowBoard {
    private final int line;
    private final boolean stonesFall;

    SlowLines(int rows, int columns, int line, boolean stonesFall) {
        super(rows, columns);
        this.line = line;
        this.stonesFall = stonesFall;
    }

    private SlowLines(SlowLines other) {
        super(other);
        line = other.line;
        stonesFall = other.stonesFall;
    }

    @Override
    public List<Integer> moves() {
        List<Integer> moves = new ArrayList<>();
        if (over) return moves;
        if (stonesFall) {
            for (int c = 0; c < owner[0].length; c++) if (owner[0][c] == FREE) moves.add(c);
        } else {
            for (int i = 0; i < owner.length * owner[0].length; i++) {
                if (owner[i / owner[0].length][i % owner[0].length] == FREE) moves.add(i);
            }
        }
        return moves;
    }

    @Override
    public void play(int move) {
        int row = move / owner[0].length;
        int column = move % owner[0].length;
        if (stonesFall) while (row + 1 < owner.length && owner[row + 1][column] == FREE) row++;
        owner[row][column] = turn;
        if (hasLine(turn)) {
            over = true;
            winner = turn;
        } else {
            over = board().stream().noneMatch(cell -> cell == FREE);
        }
        turn = 1 - turn;
    }

    private boolean hasLine(int player) {
        int[][] steps = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
        for (int r = 0; r < owner.length; r++) {
            for (int c = 0; c < owner[0].length; c++) {
                for (int[] step : steps) {
                    int length = 0;
                    while (length < line && onBoard(r + length * step[0], c + length * step[1])
                            && owner[r + length * step[0]][c + length * step[1]] == player) {
                        length++;
                    }
                    if (length == line) return true;
                }
            }
        }
        return false;
    }

    @Override
    public SlowTwin copy() {
        return new SlowLines(this);
    }
}
