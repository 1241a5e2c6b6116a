package io.ponder.examples.games;

import io.ponder.engine.game.Game;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads a move by comparing it with the notations of all legal ones; spaces, dashes and case do not matter. */
abstract class NamedMoves implements BoardText {
    private static final int MOST_LISTED = 20;

    final Game game;
    private final String[] players;

    NamedMoves(Game game, String... players) {
        this.game = game;
        this.players = players;
    }

    @Override
    public final String player(int player) {
        return players[player];
    }

    /** Tells whether a text that is already in its plain form means an action whose notation is {@code name}. */
    boolean means(String plain, String name) {
        return plain.equals(plain(name));
    }

    static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\-/:,]", "");
    }

    @Override
    public final int parse(int[] position, String text) {
        int[] actions = new int[game.actionCount()];
        int count = game.legalActions(position, actions);
        String plain = plain(text);
        for (int i = 0; i < count; i++) if (means(plain, move(position, actions[i]))) return actions[i];
        if (count == 0) throw new IllegalArgumentException("move is '" + text.strip() + "', but nobody is to move.");
        String legal = Arrays.stream(actions, 0, Math.min(count, MOST_LISTED)).mapToObj(a -> move(position, a))
                .collect(Collectors.joining(", "));
        String more = count > MOST_LISTED ? " or " + (count - MOST_LISTED) + " more" : "";
        throw new IllegalArgumentException("move is '" + text.strip() + "', but it must be one of " + legal + more + ".");
    }
}
