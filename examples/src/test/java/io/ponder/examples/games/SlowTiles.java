package io.ponder.examples.games;

import java.util.ArrayList;
import java.util.List;

/** 2048 with the values of the tiles in an array; a line is taken out, slid as a list, and put back. */
final class SlowTiles implements SlowTwin {
    private final int side;
    private final int[][] value;
    private int tilesPlaced;
    private boolean chance = true;
    private int gained;

    SlowTiles(int side) {
        this.side = side;
        value = new int[side][side];
    }

    /** Slides a line of values to its beginning; the last entry that is returned is what mergers paid. */
    static List<Integer> slide(List<Integer> line) {
        List<Integer> tiles = new ArrayList<>(line);
        tiles.removeIf(tile -> tile == 0);
        int paid = 0;
        for (int i = 0; i + 1 < tiles.size(); i++) {
            if (tiles.get(i).equals(tiles.get(i + 1))) {
                tiles.set(i, 2 * tiles.get(i));
                tiles.remove(i + 1);
                paid += tiles.get(i);
            }
        }
        while (tiles.size() < line.size()) tiles.add(0);
        tiles.add(paid);
        return tiles;
    }

    private int[] cellOf(int action, int line, int i) {
        return switch (action) {
            case 0 -> new int[] {i, line};
            case 1 -> new int[] {line, side - 1 - i};
            case 2 -> new int[] {side - 1 - i, line};
            default -> new int[] {line, i};
        };
    }

    private List<Integer> line(int action, int line) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < side; i++) values.add(value[cellOf(action, line, i)[0]][cellOf(action, line, i)[1]]);
        return values;
    }

    private List<Integer> slidable() {
        List<Integer> actions = new ArrayList<>();
        for (int action = 0; action < 4; action++) {
            boolean moves = false;
            for (int line = 0; line < side; line++) {
                List<Integer> before = line(action, line);
                moves |= !slide(before).subList(0, side).equals(before);
            }
            if (moves) actions.add(action);
        }
        return actions;
    }

    @Override
    public int playerToMove() {
        return chance ? -1 : slidable().isEmpty() ? -2 : 0;
    }

    @Override
    public List<Integer> moves() {
        if (!chance) return slidable();
        List<Integer> outcomes = new ArrayList<>();
        for (int cell = 0; cell < side * side; cell++) {
            if (value[cell / side][cell % side] == 0) {
                outcomes.add(2 * cell);
                outcomes.add(2 * cell + 1);
            }
        }
        return outcomes;
    }

    @Override
    public void play(int move) {
        gained = 0;
        if (chance) {
            value[move / 2 / side][move / 2 % side] = move % 2 == 0 ? 2 : 4;
            tilesPlaced++;
            chance = tilesPlaced == 1;
            return;
        }
        for (int line = 0; line < side; line++) {
            List<Integer> slid = slide(line(move, line));
            gained += slid.get(side);
            for (int i = 0; i < side; i++) value[cellOf(move, line, i)[0]][cellOf(move, line, i)[1]] = slid.get(i);
        }
        chance = true;
    }

    @Override
    public double reward(int player) {
        return gained;
    }

    @Override
    public List<Integer> board() {
        List<Integer> values = new ArrayList<>();
        for (int[] row : value) for (int tile : row) values.add(tile);
        return values;
    }

    @Override
    public SlowTwin copy() {
        throw new UnsupportedOperationException();
    }
}
