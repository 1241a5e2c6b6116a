package io.ponder.examples.games;

import io.ponder.engine.game.Game;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Makes games by name, upper and lower case alike. Stateless and safe for several threads. */
public final class Games {
    /**
     * One game.
     *
     * @param name how it is called on the command line
     * @param game makes the rules
     */
    private record Entry(String name, Supplier<Game> game) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("tictactoe", TicTacToe::new),
            new Entry("connect4", ConnectFour::new),
            new Entry("breakthrough6", () -> new Breakthrough(6, 6)),
            new Entry("breakthrough8", () -> new Breakthrough(8, 8)),
            new Entry("othello6", () -> new Othello(6)),
            new Entry("othello8", () -> new Othello(8)),
            new Entry("gomoku15", () -> new Gomoku(15, 5)),
            new Entry("gomoku9", () -> new Gomoku(9, 5)),
            new Entry("gomoku6", () -> new Gomoku(6, 5)),
            new Entry("2048", () -> new SlidingTiles(4)),
            new Entry("2048-3x3", () -> new SlidingTiles(3)),
            new Entry("catch", Catch::new),
            new Entry("pig", Pig::new),
            new Entry("pig3", () -> new Pig(3, 20, 30)),
            new Entry("matching-pennies", MatrixGame::matchingPennies),
            new Entry("rock-paper-scissors", MatrixGame::rockPaperScissors),
            new Entry("prisoners-dilemma", MatrixGame::prisonersDilemma));

    private Games() {}

    /** Returns the names of all games. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Entry entry : ENTRIES) names.add(entry.name);
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

    private static Entry require(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Entry entry : ENTRIES) {
            if (entry.name.equals(wanted)) return entry;
        }
        throw new IllegalArgumentException("game is '" + name + "', but it must be one of " + String.join(", ", names()) + ".");
    }
}
