package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import io.ponder.examples.comparison.PlanBudget;
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
    public static final String HELP = "random; uct or solver with :SIMULATIONS or :TIME, such as uct:1000, uct:10k, solver:0.5s";

    /** The methods. */
    public enum Kind {
        /** Legal moves with equal probability. */
        RANDOM,
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
            if (kind == Kind.RANDOM && colon >= 0) break;
            return new AgentSpec(plain, kind, colon < 0 ? usual : PlanBudget.parse(option, plain.substring(colon + 1)));
        }
        throw new IllegalArgumentException(option + " is '" + text + "', but it must be one of " + String.join(", ", names()) + ", "
                + "with what it may use for a move.\nMaybe write uct:1000 for 1 000 simulations, or uct:1s for a second.");
    }

    /** Returns how to make such agents for a game. */
    public Tournament.AgentMaker maker(Game game) {
        return switch (kind) {
            case RANDOM -> () -> new RandomAgent(game);
            case UCT -> () -> SearchAgent.uct(text, game, think);
            case SOLVER -> () -> SearchAgent.solver(text, game, think);
        };
    }

    /** Returns the names of the methods. */
    public static List<String> names() {
        return List.of("random", "uct", "solver");
    }
}
