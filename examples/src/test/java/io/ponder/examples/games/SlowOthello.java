package io.ponder.examples.games;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Othello by the rule book: eight rays are walked from every cell. */
final class SlowOthello extends SlowBoard {
    private final int side;

    SlowOthello(int side) {
        super(side, side);
        this.side = side;
        owner[side / 2 - 1][side / 2 - 1] = 1;
        owner[side / 2][side / 2] = 1;
        owner[side / 2 - 1][side / 2] = 0;
        owner[side / 2][side / 2 - 1] = 0;
    }

    private SlowOthello(SlowOthello other) {
        super(other);
        side = other.side;
    }

    private List<int[]> flipped(int row, int column, int player) {
        List<int[]> flipped = new ArrayList<>();
        if (owner[row][column] != FREE) return flipped;
        for (int dr = -1; dr <= 1; dr++) {
            for (int dc = -1; dc <= 1; dc++) {
                if (dr == 0 && dc == 0) continue;
                List<int[]> ray = new ArrayList<>();
                int r = row + dr;
                int c = column + dc;
                while (onBoard(r, c) && owner[r][c] == 1 - player) {
                    ray.add(new int[] {r, c});
                    r += dr;
                    c += dc;
                }
                if (onBoard(r, c) && owner[r][c] == player) flipped.addAll(ray);
            }
        }
        return flipped;
    }

    private List<Integer> placements(int player) {
        List<Integer> placements = new ArrayList<>();
        for (int r = 0; r < side; r++) {
            for (int c = 0; c < side; c++) if (!flipped(r, c, player).isEmpty()) placements.add(r * side + c);
        }
        return placements;
    }

    @Override
    public List<Integer> moves() {
        if (over) return List.of();
        List<Integer> placements = placements(turn);
        return placements.isEmpty() ? List.of(side * side) : placements;
    }

    @Override
    public void play(int move) {
        if (move < side * side) {
            List<int[]> flipped = flipped(move / side, move % side, turn);
            owner[move / side][move % side] = turn;
            for (int[] cell : flipped) owner[cell[0]][cell[1]] = turn;
        }
        turn = 1 - turn;
        if (placements(0).isEmpty() && placements(1).isEmpty()) {
            over = true;
            int lead = lead();
            winner = lead > 0 ? 0 : lead < 0 ? 1 : NOBODY;
        }
    }

    /** Returns by how many discs black leads. */
    int lead() {
        return Collections.frequency(board(), 0) - Collections.frequency(board(), 1);
    }

    @Override
    public SlowTwin copy() {
        return new SlowOthello(this);
    }
}
