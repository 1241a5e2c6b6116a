package io.ponder.examples.games;

import io.ponder.engine.game.Game;
import io.ponder.examples.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes games by name, upper and lower case alike. Stateless and safe for several threads. */
public final class Games {
    /**
     * One game.
     *
     * @param name how it is called on the command line
     * @param game makes the rules
     * @param text makes what people read and write of it
     */
    private record Entry<G extends Game>(String name, Supplier<G> game, Function<G, BoardText> text) {
        BoardText newText() {
            return text.apply(game.get());
        }
    }

    private static final List<Entry<?>> ENTRIES = List.of(
            new Entry<>("tictactoe", TicTacToe::new, game -> StoneText.cells(game, 3, "X", "O")),
            new Entry<>("connect4", ConnectFour::new, StoneText::columns),
            new Entry<>("breakthrough6", () -> new Breakthrough(6, 6), StoneText::breakthrough),
            new Entry<>("breakthrough8", () -> new Breakthrough(8, 8), StoneText::breakthrough),
            new Entry<>("othello6", () -> new Othello(6), StoneText::othello),
            new Entry<>("othello8", () -> new Othello(8), StoneText::othello),
            gomoku(15),
            gomoku(9),
            gomoku(6),
            new Entry<>("2048", () -> new SlidingTiles(4), TileText::new),
            new Entry<>("2048-3x3", () -> new SlidingTiles(3), TileText::new),
            new Entry<>("catch", Catch::new, CatchText::new),
            new Entry<>("pig", Pig::new, PigText::new),
            new Entry<>("pig3", () -> new Pig(3, 20, 30), PigText::new),
            new Entry<>("matching-pennies", MatrixGame::matchingPennies, MatrixText::new),
            new Entry<>("rock-paper-scissors", MatrixGame::rockPaperScissors, MatrixText::new),
            new Entry<>("prisoners-dilemma", MatrixGame::prisonersDilemma, MatrixText::new));

    private static Entry<?> gomoku(int side) {
        return new Entry<>("gomoku" + side, () -> new Gomoku(side, 5), game -> StoneText.cells(game, side, "X (black)", "O (white)"));
    }

    private Games() {}

    /** Returns the names of all games. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Entry<?> entry : ENTRIES) names.add(entry.name);
        return List.copyOf(names);
    }

    /**
     * Makes a game.
     *
     * @throws IllegalArgumentException if there is none of this name; the message names all
     */
    public static Game make(String name) {
        return require(name).game.get();
    }

    /**
     * Makes what people read and write of a game.
     *
     * @throws IllegalArgumentException if there is none of this name; the message names all
     */
    public static BoardText text(String name) {
        return require(name).newText();
    }

    private static Entry<?> require(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Entry<?> entry : ENTRIES) {
            if (entry.name.equals(wanted)) return entry;
        }
        String nearest = NearestMatch.of(name, names());
        throw new IllegalArgumentException("game is '" + name + "', but it must be one of " + String.join(", ", names()) + "."
                + (nearest == null ? "" : "\nMaybe you meant " + nearest + "."));
    }
}
