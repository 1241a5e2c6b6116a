package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import io.ponder.examples.NearestMatch;
import io.ponder.examples.comparison.PlanBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says which agent plays, as a person writes it: {@code random}, {@code uct}, {@code uct:1000} for 1 000 simulations a move, or
 * {@code solver:0.5s} for half a second.
 *
 * @param option who asks, for messages
 * @param text what was written
 * @param kind the method
 * @param think what it may use for a move
 */
public record AgentSpec(String option, String text, Kind kind, PlanBudget think) {
    /** What can be written, in one line. */
    public static final String HELP = "random; perfect (games that can be solved at once, such as tictactoe); uct (tree search with"
            + " random playouts, for every game); solver (the same for two players, with proofs of wins, draws and losses). The last two"
            + " can be told what to use for a move, simulations or a time: uct:1000, uct:10k, solver:0.5s. So can the folder of an agent that"
            + " 'ponder train' made, which searches as its settings say where it is told nothing: my/agent, my/agent:200.";

    /** What an agent may be given for a move, in one line. */
    public static final String THINK = "simulations such as 1000 or 10k, or a time such as 100ms or 1s";

    /** The methods. */
    public enum Kind {
        /** Legal moves with equal probability. */
        RANDOM,
        /** Perfect play of a game that is small enough to be solved at once. */
        PERFECT,
        /** Tree search with random playouts. */
        UCT,
        /** The same, with proven wins, losses and draws. */
        SOLVER,
        /** What was trained, from the folder of its checkpoints. */
        TRAINED
    }

    /**
     * Reads the name of an agent.
     *
     * @param usual   what it may use for a move where the name does not say it
     * @param besides names that are no agents but could have been written as well, for the message
     * @throws IllegalArgumentException if there is no such agent; the message says what there is
     */
    public static AgentSpec parse(String option, String text, PlanBudget usual, String... besides) {
        AgentSpec folder = folder(option, text.trim());
        if (folder != null) return folder;
        String plain = text.trim().toLowerCase(Locale.ROOT);
        int colon = plain.indexOf(':');
        String name = colon < 0 ? plain : plain.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind == Kind.TRAINED || !kind.name().toLowerCase(Locale.ROOT).equals(name)) continue;
            boolean thinks = kind == Kind.UCT || kind == Kind.SOLVER;
            if (!thinks && colon >= 0) {
                throw new IllegalArgumentException(option + " is '" + text + "', but " + name + " does not think and takes nothing after"
                        + " a colon.\nMaybe write " + name + ".");
            }
            PlanBudget think = colon < 0 ? usual : think(plain.substring(colon + 1));
            if (think != null) return new AgentSpec(option, plain, kind, think);
            throw new IllegalArgumentException(option + " is '" + text + "', but what " + name + " may use for a move must be "
                    + THINK + ".\nMaybe write " + name + ":1000 for 1 000 simulations, or " + name + ":1s for a second.");
        }
        List<String> all = new ArrayList<>(List.of(besides));
        all.addAll(names());
        throw new IllegalArgumentException(option + " is '" + text + "', but it must be one of " + String.join(", ", all)
                + "; uct and solver also with what they may use for a move, such as uct:1000 or solver:0.5s, or the folder of a trained agent.\nMaybe "
                + NearestMatch.advice(name, all, "write uct:1s, which plays every game."));
    }

    /** Returns the trained agent that a text names: a folder, perhaps with what it may use for a move; null where it names no folder. */
    private static @Nullable AgentSpec folder(String option, String text) {
        int colon = text.lastIndexOf(':');
        PlanBudget think = colon < 1 ? null : think(text.substring(colon + 1));
        String name = think == null ? text : text.substring(0, colon);
        try {
            boolean folder = name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || !name.isEmpty() && Files.isDirectory(Path.of(name));
            return folder ? new AgentSpec(option, text, Kind.TRAINED, think == null ? PlanBudget.DEFAULT : think) : null;
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    /** Returns the folder of a trained agent. */
    private Path folder() {
        return Path.of(think.equals(PlanBudget.DEFAULT) ? text : text.substring(0, text.lastIndexOf(':')));
    }

    private Tournament.AgentMaker trained(Game game) {
        try {
            return TrainedAgent.maker(text, folder(), game, think);
        } catch (IOException unusable) {
            throw new IllegalArgumentException(option + " is '" + text + "', but no agent can be loaded from there: " + unusable.getMessage(), unusable);
        }
    }

    /** Returns what a text lets an agent use for a move, {@link #THINK}, or null where it is neither. */
    public static @Nullable PlanBudget think(String text) {
        try {
            PlanBudget think = PlanBudget.parse("think", text);
            return think.equals(PlanBudget.DEFAULT) ? null : think;
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    /**
     * Returns how to make such agents for a game.
     *
     * @param atOnce how many agents exist at the same time: they share the memory
     * @throws IllegalArgumentException if such an agent cannot play the game, or needs too much memory
     */
    public Tournament.AgentMaker maker(Game game, int atOnce) {
        boolean proves = kind == Kind.PERFECT || kind == Kind.SOLVER;
        boolean turns = game.players() == 2 && game.zeroSum() && !game.simultaneous();
        if (proves && !(turns && (kind == Kind.SOLVER || game.chanceCount() == 0))) {
            throw new IllegalArgumentException(option + " is '" + text + "', but a proof needs two players who take turns"
                    + (kind == Kind.PERFECT ? " without chance" : "") + " and of whom one wins what the other loses, which is not so in "
                    + game.name() + ".\nMaybe take uct, which plays every game.");
        }
        return switch (kind) {
            case RANDOM -> () -> new RandomAgent(game);
            case PERFECT -> {
                PerfectAgent solved = solve(game);
                yield () -> solved;
            }
            case UCT -> SearchAgent.uct(text, game, think, atOnce);
            case SOLVER -> SearchAgent.solver(text, game, think, atOnce);
            case TRAINED -> trained(game);
        };
    }

    private PerfectAgent solve(Game game) {
        try {
            return new PerfectAgent(game);
        } catch (IllegalArgumentException tooLarge) {
            throw new IllegalArgumentException(option + " is 'perfect', but " + game.name() + " is too large to be solved at once: "
                    + PerfectAgent.MOST_POSITIONS + " positions are not enough.\nMaybe take solver, which proves what it can while it"
                    + " plays, or uct.", tooLarge);
        }
    }

    /** Returns the names of the methods. */
    public static List<String> names() {
        return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.TRAINED).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    }
}
