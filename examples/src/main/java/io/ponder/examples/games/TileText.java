package io.ponder.examples.games;

/** Draws 2048; actions are {@code up}, {@code right}, {@code down} and {@code left}, of which the first letter is enough. */
final class TileText extends NamedMoves {
    private static final String[] DIRECTIONS = {"up", "right", "down", "left"};
    private static final int WIDTH = 6;

    private final SlidingTiles rules;

    TileText(SlidingTiles rules) {
        super(rules, "the player");
        this.rules = rules;
    }

    @Override
    public String draw(int[] position, boolean colour) {
        int side = rules.side();
        return Grid.draw(side, side, new String[0], new String[0], WIDTH, cell -> {
            int tile = rules.tile(position, cell);
            String shown = tile == 0 ? "." : String.valueOf(1 << tile);
            String padded = " ".repeat(WIDTH - shown.length()) + shown;
            return Grid.paint(padded, tile == 0 ? Grid.FAINT : tile < 7 ? Grid.CYAN : tile < 10 ? Grid.YELLOW : Grid.RED, colour);
        });
    }

    @Override
    public String move(int[] position, int move) {
        if (rules.playerToMove(position) >= 0) return DIRECTIONS[move];
        int cell = move / 2;
        return (2 + 2 * (move % 2)) + " at " + (char) ('a' + cell % rules.side()) + (rules.side() - cell / rules.side());
    }

    @Override
    boolean means(String plain, String name) {
        return plain.equals(name) || plain.equals(name.substring(0, 1));
    }
}
