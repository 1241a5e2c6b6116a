package io.ponder.examples.arena;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Plays one game between agents, one a player. Stateless. */
public final class Match {
    private Match() {}

    /**
     * Plays a game to its end, or until {@code maxMoves} transitions were made.
     *
     * @param agents one a player; told of every transition
     * @throws IllegalStateException if an agent chooses an illegal move, which names it
     */
    public static GameRecord play(Game game, List<? extends Agent> agents, long seed, int maxMoves) {
        return goOn(new GameLog(game, seed), agents, maxMoves, () -> false);
    }

    /** Plays a game on from where it is, until it is over or {@code stop} says so. */
    public static GameRecord goOn(GameLog log, List<? extends Agent> agents, int maxMoves, BooleanSupplier stop) {
        Checks.same("agents", agents.size(), "players of " + log.game().name(), log.game().players());
        agents.forEach(Agent::start);
        tell(log, agents, 0);
        while (!log.over() && log.length() < maxMoves && !stop.getAsBoolean()) {
            int told = log.length();
            log.play(decide(log, agents));
            tell(log, agents, told);
        }
        return log.record(agents.stream().map(Agent::name).toList());
    }

    private static void tell(GameLog log, List<? extends Agent> agents, int from) {
        for (int i = from; i < log.length(); i++) for (Agent agent : agents) agent.played(log.move(i));
    }

    private static int decide(GameLog log, List<? extends Agent> agents) {
        Game game = log.game();
        int mover = game.playerToMove(log.position());
        if (mover != Game.SIMULTANEOUS) return legal(log, agents.get(mover), mover);
        int[] own = new int[game.players()];
        for (int p = 0; p < own.length; p++) own[p] = legal(log, agents.get(p), p);
        return game.joint(own);
    }

    private static int legal(GameLog log, Agent agent, int player) {
        Game game = log.game();
        int move = agent.choose(log.position(), player, log.key(player));
        boolean legal = game.playerToMove(log.position()) == Game.SIMULTANEOUS
                ? move >= 0 && move < game.ownActionCount(player) && game.ownLegal(log.position(), player, move)
                : GameLog.possible(game, log.position(), move);
        if (legal) return move;
        throw new IllegalStateException(
                "The agent " + agent.name() + " chose the move " + move + " in " + game.name() + " after " + log.length() + " moves, which is not legal.");
    }
}
