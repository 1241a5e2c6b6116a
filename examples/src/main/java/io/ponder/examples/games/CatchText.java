package io.ponder.examples.games;

/** Draws catch; actions are {@code left}, {@code stay} and {@code right}, of which the first letter is enough. */
final class CatchText extends NamedMoves {
    private static final String[] ACTIONS = {"left", "stay", "right"};

    CatchText(Catch rules) {
        super(rules, "the player");
    }

    @Override
    public String draw(int[] position, boolean colour) {
        int ball = position[0] * Catch.COLUMNS + position[1];
        int paddle = (Catch.ROWS - 1) * Catch.COLUMNS + position[2];
        return Grid.draw(Catch.ROWS, Catch.COLUMNS, new String[0], new String[0], 1, cell -> {
            if (cell == ball) return Grid.paint(cell == paddle ? "@" : "o", Grid.YELLOW, colour);
            return cell == paddle ? Grid.paint("=", Grid.CYAN, colour) : Grid.paint(".", Grid.FAINT, colour);
        });
    }

    @Override
    public String move(int[] position, int move) {
        return position[0] < 0 ? "column " + (move + 1) : ACTIONS[move];
    }

    @Override
    boolean means(String plain, String name) {
        return plain.equals(name) || plain.equals(name.substring(0, 1));
    }
}
