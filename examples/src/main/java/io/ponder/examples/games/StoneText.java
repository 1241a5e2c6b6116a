package io.ponder.examples.games;

import io.ponder.engine.game.Game;
import java.util.function.IntFunction;

/**
 * Draws the games whose observation is own stones, the other's stones and whose turn it is; cells are called by letter and number, as
 * {@code b3}.
 */
final class StoneText extends NamedMoves {
    /** What stands for the stones of player 0, of player 1, and for a free cell. */
    private static final String[] SYMBOLS = {"X", "O", "."};

    private static final String[] COLOURS = {Grid.RED, Grid.CYAN, Grid.FAINT};

    private final int rows;
    private final int columns;
    private final String[] rowLabels;
    private final String[] columnLabels;
    private final IntFunction<String> names;

    private StoneText(
            Game game, int rows, int columns, String[] rowLabels, String[] columnLabels, IntFunction<String> names, String... players) {
        super(game, players);
        this.rows = rows;
        this.columns = columns;
        this.rowLabels = rowLabels;
        this.columnLabels = columnLabels;
        this.names = names;
    }

    /** Returns the text of a game in which an action is a cell, with rows numbered from the bottom. */
    static StoneText cells(Game game, int side, String... players) {
        String[] numbers = Grid.numbers(side, false);
        return new StoneText(game, side, side, numbers, Grid.letters(side), a -> name(a, side, numbers), players);
    }

    /** Returns the text of Connect Four, in which an action is the number of a column. */
    static StoneText columns(ConnectFour game) {
        return new StoneText(game, game.rows, game.columns, new String[0], Grid.numbers(game.columns, true),
                a -> String.valueOf(a + 1), "X", "O");
    }

    /** Returns the text of Othello: rows are numbered from the top, {@code pass} is a move. */
    static StoneText othello(Othello game) {
        String[] numbers = Grid.numbers(game.rows, true);
        return new StoneText(game, game.rows, game.columns, numbers, Grid.letters(game.columns),
                a -> a == game.pass() ? "pass" : name(a, game.columns, numbers), "X (black)", "O (white)");
    }

    /** Returns the text of Breakthrough: {@code a2-a3}, and {@code a2xb3} where the moved piece captures. */
    static BoardText breakthrough(Breakthrough game) {
        String[] numbers = Grid.numbers(game.rows, false);
        StoneText board = new StoneText(game, game.rows, game.columns, numbers, Grid.letters(game.columns),
                cell -> name(cell, game.columns, numbers));
        return new Steps(game, board);
    }

    private static String name(int cell, int columns, String[] rowLabels) {
        return (char) ('a' + cell % columns) + rowLabels[cell / columns];
    }

    @Override
    public String draw(int[] position, boolean colour) {
        float[] seen = new float[game.observationSize()];
        game.observe(position, seen, 0, 1);
        int cells = rows * columns;
        int turn = (int) seen[2 * cells];
        return Grid.draw(rows, columns, rowLabels, columnLabels, 1, cell -> {
            int owner = seen[cell] > 0 ? turn : seen[cells + cell] > 0 ? 1 - turn : 2;
            return Grid.paint(SYMBOLS[owner], COLOURS[owner], colour);
        });
    }

    @Override
    public String move(int[] position, int move) {
        return names.apply(move);
    }

    /** Moves of pieces from cell to cell. */
    private static final class Steps extends NamedMoves {
        private final Breakthrough rules;
        private final StoneText board;

        Steps(Breakthrough rules, StoneText board) {
            super(rules, "X (white)", "O (black)");
            this.rules = rules;
            this.board = board;
        }

        @Override
        public String draw(int[] position, boolean colour) {
            return board.draw(position, colour);
        }

        @Override
        public String move(int[] position, int move) {
            int from = move / 3;
            boolean up = rules.owns(position, 0, from);
            int to = from + (up ? -rules.columns : rules.columns) + move % 3 - 1;
            boolean captures = rules.owns(position, up ? 1 : 0, to);
            return board.names.apply(from) + (captures ? "x" : "-") + board.names.apply(to);
        }

        /** A capture may be written with or without the x. */
        @Override
        boolean means(String plain, String name) {
            return plain(name).replace("x", "").equals(plain.replace("x", ""));
        }
    }
}
