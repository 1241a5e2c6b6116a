package io.ponder.examples.arena;

import io.ponder.engine.game.Game;
import java.util.List;

/**
 * Keeps a game that was played, complete enough to be played through again.
 *
 * @param game    name of the game
 * @param agents  names of the agents, one a player
 * @param seed    seed of chance and of the agents
 * @param moves   all transitions from the start: actions, joint actions and outcomes of chance
 * @param returns sum of the rewards of each player
 * @param over    whether the game was played to its end
 */
public record GameRecord(String game, List<String> agents, long seed, List<Integer> moves, List<Double> returns, boolean over) {
    public GameRecord {
        agents = List.copyOf(agents);
        moves = List.copyOf(moves);
        returns = List.copyOf(returns);
    }

    /** Returns what the first of two players scored: 1 for a win, 0.5 for a draw, 0 for a loss. */
    public double score() {
        return returns.get(0) > returns.get(1) ? 1 : returns.get(0) < returns.get(1) ? 0 : 0.5;
    }

    /**
     * Plays the recorded transitions through.
     *
     * @param position receives the last position, {@code [positionSize]}. Modified.
     * @throws IllegalArgumentException if a transition is impossible in its position, which names it
     */
    public void replay(Game rules, int[] position) {
        rules.start(position);
        for (int i = 0; i < moves.size(); i++) {
            int move = moves.get(i);
            if (!GameLog.possible(rules, position, move)) {
                throw new IllegalArgumentException("move " + (i + 1) + " of the game is " + move + ", but it is not legal there.\n"
                        + "Maybe the game was saved by other rules than " + rules.name() + ".");
            }
            rules.play(position, move);
        }
    }
}
