package io.ponder.examples.arena;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import io.ponder.examples.games.BoardText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Plays a game on a terminal, between people and agents in any mixture. What a person types is a move or one of the commands that
 * {@code help} lists; what is not understood is said and asked again, and nothing is lost. Not thread-safe.
 */
public final class PlaySession {
    private static final String HELP = """
            A move, as it is written on the board, or:
              hint         the moves that the search likes best, with visits, value and how it would go on
              tree FILE    draw the search behind the hint into a .svg (or .dot, or .json with its numbers)
              moves        the moves that are possible
              undo         take back your last move and the answers to it
              save FILE    keep the game so far; 'ponder play GAME --load FILE' goes on from there
              board        draw the board again
              quit         stop
            """;
    private static final int HINTS = 5;
    private static final int VARIATION = 6;

    private final GameLog log;
    private final BoardText text;
    private final List<@Nullable Agent> agents;
    private final @Nullable Advisor advisor;
    private final BufferedReader in;
    private final PrintWriter out;
    private final boolean colour;
    private boolean quit;
    /** What the advisor thinks of this position, or null where it was not asked. */
    private @Nullable List<Advisor.Advice> advices;

    /**
     * Creates a session.
     *
     * @param agents  one a player, null for a person
     * @param advisor gives hints; null for none
     * @param colour  whether the board is drawn in colours
     */
    public PlaySession(
            GameLog log,
            BoardText text,
            List<@Nullable Agent> agents,
            @Nullable Advisor advisor,
            BufferedReader in,
            PrintWriter out,
            boolean colour) {
        Checks.same("agents", agents.size(), "players of " + log.game().name(), log.game().players());
        this.log = log;
        this.text = text;
        this.agents = new ArrayList<>(agents);
        this.advisor = advisor;
        this.in = in;
        this.out = out;
        this.colour = colour;
    }

    /**
     * Plays until the game is over, or a person quits or closes the input.
     *
     * @return the game as far as it was played
     */
    public GameRecord run() throws IOException {
        startAgents();
        draw();
        while (!log.over() && !quit) {
            int before = log.length();
            int move = decide();
            if (quit || move < 0) continue;
            synchronized (log) {
                log.play(move);
            }
            advices = null;
            for (int i = before; i < log.length(); i++) for (Agent agent : agents) if (agent != null) agent.played(log.move(i));
            draw();
        }
        if (log.over()) sayResult();
        out.flush();
        return record();
    }

    /** Returns the game as far as it was played. Safe from any thread. */
    public GameRecord record() {
        synchronized (log) {
            return log.record(agents.stream().map(agent -> agent == null ? "human" : agent.name()).toList());
        }
    }

    private void startAgents() {
        for (Agent agent : agents) {
            if (agent == null) continue;
            agent.start();
            for (int i = 0; i < log.length(); i++) agent.played(log.move(i));
        }
    }

    /** Returns the action, or joint action; -1 where nothing was decided. */
    private int decide() throws IOException {
        Game game = log.game();
        int mover = game.playerToMove(log.position());
        if (mover != Game.SIMULTANEOUS) return own(mover);
        int[] own = new int[game.players()];
        for (int p = 0; p < own.length; p++) {
            own[p] = own(p);
            if (own[p] < 0) return -1;
        }
        return game.joint(own);
    }

    private int own(int player) throws IOException {
        Agent agent = agents.get(player);
        if (agent == null) return ask(player);
        long start = System.nanoTime();
        int move = agent.choose(log.position(), player, log.key(player));
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean hidden = log.game().playerToMove(log.position()) == Game.SIMULTANEOUS;
        String played = hidden ? "has decided" : "plays " + text.move(log.position(), move);
        out.printf(Locale.ROOT, "%s (%s) %s after %.1f s.%n", text.player(player), agent.name(), played, seconds);
        out.flush();
        return move;
    }

    /** Asks a person until there is a move, or a reason to have none. */
    private int ask(int player) throws IOException {
        while (true) {
            out.print(text.player(player) + ", your move (" + numbers(player) + "help for help): ");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                out.println();
                quit = true;
                return -1;
            }
            String[] words = line.strip().split("\\s+", 2);
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "" -> {}
                case "help", "?" -> out.print(HELP);
                case "quit", "exit" -> {
                    quit = true;
                    return -1;
                }
                case "board" -> draw();
                case "hint" -> hint(player);
                case "moves" -> moves(player);
                case "tree" -> tree(player, words.length > 1 ? words[1] : "");
                case "save" -> save(words.length > 1 ? words[1] : "");
                case "undo" -> {
                    undo();
                    return -1;
                }
                default -> {
                    try {
                        return parse(player, line.strip());
                    } catch (IllegalArgumentException notAMove) {
                        String message = String.valueOf(notAMove.getMessage());
                        out.println(message + (message.contains("\nMaybe ") ? "" : "\nMaybe type 'moves' for what is possible."));
                    }
                }
            }
        }
    }

    /** Returns what a move looks like where all decide at once and moves have no notation of their own. */
    private String numbers(int player) {
        Game game = log.game();
        return game.playerToMove(log.position()) == Game.SIMULTANEOUS ? "1 to " + game.ownActionCount(player) + ", " : "";
    }

    private int parse(int player, String move) {
        Game game = log.game();
        if (game.playerToMove(log.position()) != Game.SIMULTANEOUS) return text.parse(log.position(), move);
        for (int own = 0; own < game.ownActionCount(player); own++) {
            if (move.equals(Integer.toString(own + 1)) && game.ownLegal(log.position(), player, own)) return own;
        }
        throw new IllegalArgumentException("'" + move + "' is no move; it must be a number from 1 to " + game.ownActionCount(player) + ".");
    }

    private void moves(int player) {
        Game game = log.game();
        int[] position = log.position();
        boolean atOnce = game.playerToMove(position) == Game.SIMULTANEOUS;
        List<String> words = new ArrayList<>();
        for (int a = 0; a < (atOnce ? game.ownActionCount(player) : game.actionCount()); a++) {
            if (atOnce && game.ownLegal(position, player, a)) words.add(Integer.toString(a + 1));
            if (!atOnce && game.legal(position, a)) words.add(text.move(position, a));
        }
        out.println(String.join(" ", words));
    }

    private void hint(int player) {
        if (advisor == null || log.game().playerToMove(log.position()) == Game.SIMULTANEOUS) {
            out.println("There are no hints where all decide at once.");
            return;
        }
        List<Advisor.Advice> hints = advices == null ? advisor.advise(log.position(), player, log.key(player)) : advices;
        advices = hints;
        out.printf("%-8s %10s %8s  %s%n", "move", "visits", "value", "expected to go on");
        for (Advisor.Advice advice : hints.subList(0, Math.min(HINTS, hints.size()))) {
            out.printf(Locale.ROOT, "%-8s %10d %+8.3f%s %s%n", text.move(log.position(), advice.move()), advice.visits(), advice.value(),
                    advice.proven() ? "!" : " ", variation(advice.variation()));
        }
        if (hints.stream().anyMatch(Advisor.Advice::proven)) out.println("! is proven.");
    }

    private void tree(int player, String file) {
        if (file.isEmpty()) {
            out.println("tree needs the name of a file.\nMaybe write 'tree my-tree.svg'.");
            return;
        }
        if (advisor == null || log.game().playerToMove(log.position()) == Game.SIMULTANEOUS) {
            out.println("There are no hints where all decide at once.");
            return;
        }
        if (advices == null) {
            out.println("There was no hint here, so this is the tree of a new search; 'hint' shows what it found.");
            out.flush();
            advices = advisor.advise(log.position(), player, log.key(player));
        }
        Advisor.ShownTree tree = advisor.tree();
        if (tree == null) {
            out.println("No tree is behind these hints.");
            return;
        }
        try {
            TreeFile.write(Path.of(file), tree.snapshot(), log.game(), log.position(), text);
            out.println("Drawn: " + file);
            if (tree.leastVisits() > 1) out.println("Left out are positions that were visited fewer than " + tree.leastVisits() + " times.");
        } catch (InvalidPathException | IOException error) {
            out.println("The tree cannot be written to '" + file + "'.\nMaybe name a file in a folder of your own.");
        } catch (IllegalArgumentException unknown) {
            out.println(unknown.getMessage());
        }
    }

    /** Returns moves in the notation of the game, each in the position it is made in. */
    private String variation(List<Integer> moves) {
        int[] position = log.position().clone();
        List<String> words = new ArrayList<>();
        for (int move : moves.subList(0, Math.min(VARIATION, moves.size()))) {
            if (!GameLog.possible(log.game(), position, move)) break;
            words.add(text.move(position, move));
            log.game().play(position, move);
        }
        return String.join(" ", words);
    }

    private void save(String file) {
        if (file.isEmpty()) {
            out.println("save needs the name of a file.\nMaybe write 'save my-game.json'.");
            return;
        }
        try {
            GameFile.write(Path.of(file), record());
            out.println("Saved: " + file);
        } catch (IOException | InvalidPathException error) {
            out.println("The game cannot be written to '" + file + "'.\nMaybe name a file in a folder of your own.");
        }
    }

    /** Takes back until a person decides again. */
    private void undo() {
        int before = log.length();
        synchronized (log) {
            do log.undo(1);
            while (log.length() > 0 && !personDecides());
        }
        if (log.length() == before) {
            out.println("There is nothing to take back.");
            return;
        }
        advices = null;
        startAgents();
        draw();
    }

    private boolean personDecides() {
        int mover = log.game().playerToMove(log.position());
        return mover == Game.SIMULTANEOUS || agents.get(mover) == null;
    }

    private void draw() {
        out.println();
        out.print(text.draw(log.position(), colour));
        out.flush();
    }

    private void sayResult() {
        double[] returns = log.returns();
        if (returns.length == 2 && log.game().zeroSum()) {
            out.println(returns[0] == returns[1] ? "A draw." : text.player(returns[0] > returns[1] ? 0 : 1) + " wins.");
            return;
        }
        for (int p = 0; p < returns.length; p++) out.printf(Locale.ROOT, "%s: %.4g%n", text.player(p), returns[p]);
    }
}
