package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import io.ponder.examples.comparison.PlanBudget;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Says which agent plays, as a person writes it: {@code random}, {@code uct}, {@code uct:1000} for 1 000 simulations a move, or
 * {@code solver:0.5s} for half a second.
 *
 * @param text what was written
 * @param kind the method
 * @param think what it may use for a move
 */
public record AgentSpec(String text, Kind kind, PlanBudget think) {
    /** What can be written, in one line. */
    public static final String HELP =
            "random; perfect (small games); uct or solver with :SIMULATIONS or :TIME, such as uct:1000, uct:10k, solver:0.5s";

    /** The methods. */
    public enum Kind {
        /** Legal moves with equal probability. */
        RANDOM,
        /** Perfect play of a game that is small enough to be solved at once. */
        PERFECT,
        /** Tree search with random playouts. */
        UCT,
        /** The same, with proven wins, losses and draws. */
        SOLVER
    }

    /**
     * Reads the name of an agent.
     *
     * @param usual what it may use for a move where the name does not say it
     * @throws IllegalArgumentException if there is no such agent; the message says what there is
     */
    public static AgentSpec parse(String option, String text, PlanBudget usual) {
        String plain = text.trim().toLowerCase(Locale.ROOT);
        int colon = plain.indexOf(':');
        String name = colon < 0 ? plain : plain.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (!kind.name().toLowerCase(Locale.ROOT).equals(name)) continue;
            boolean thinks = kind == Kind.UCT || kind == Kind.SOLVER;
            if (!thinks && colon >= 0) break;
            PlanBudget think = colon < 0 ? usual : PlanBudget.parse(option, plain.substring(colon + 1));
            if (think.equals(PlanBudget.DEFAULT)) break;
            return new AgentSpec(plain, kind, think);
        }
        throw new IllegalArgumentException(option + " is '" + text + "', but it must be one of " + String.join(", ", names()) + ", "
                + "with what it may use for a move.\nMaybe write uct:1000 for 1 000 simulations, or uct:1s for a second.");
    }

    /**
     * Returns how to make such agents for a game.
     *
     * @param atOnce how many agents exist at the same time: they share the memory
     * @throws IllegalArgumentException if such an agent cannot play the game, or needs too much memory
     */
    public Tournament.AgentMaker maker(Game game, int atOnce) {
        return switch (kind) {
            case RANDOM -> () -> new RandomAgent(game);
            case PERFECT -> {
                var solved = new PerfectAgent(game);
                yield () -> solved;
            }
            case UCT -> SearchAgent.uct(text, game, think, atOnce);
            case SOLVER -> SearchAgent.solver(text, game, think, atOnce);
        };
    }

    /** Returns the names of the methods. */
    public static List<String> names() {
        return Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    }
}
