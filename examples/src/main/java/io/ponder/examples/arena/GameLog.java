package io.ponder.examples.arena;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Is a game as it is being played: the position, the way to it, and what the players have won. Chance moves by itself, from the seed of
 * the game and the number of the move. Not thread-safe.
 */
public final class GameLog {
    private static final long CHANCE_STREAM = 1;
    private static final long DECISION_STREAM = 2;

    private final Game game;
    private final long seed;
    private final int[] position;
    private final double[] returns;
    private final List<Integer> moves = new ArrayList<>();

    /** Starts a game, up to its first decision. */
    public GameLog(Game game, long seed) {
        this.game = game;
        this.seed = seed;
        position = new int[game.positionSize()];
        returns = new double[game.players()];
        game.start(position);
        letChanceMove();
    }

    /** Returns the rules. */
    public Game game() {
        return game;
    }

    /** Returns the position itself. Must not be modified. */
    public int[] position() {
        return position;
    }

    /** Returns the number of transitions so far. */
    public int length() {
        return moves.size();
    }

    /** Returns transition {@code i}. */
    public int move(int i) {
        return moves.get(i);
    }

    /** Tells whether the game is over. */
    public boolean over() {
        return game.playerToMove(position) == Game.TERMINAL;
    }

    /** Returns what each player has won so far. */
    public double[] returns() {
        return returns.clone();
    }

    /** Returns the key for what a player draws in the decision at hand; players who decide at once have keys of their own. */
    public long key(int player) {
        return CounterRandom.key(CounterRandom.key(CounterRandom.key(seed, DECISION_STREAM), moves.size()), player);
    }

    /**
     * Makes an action, and then what chance does.
     *
     * @throws IllegalArgumentException if the action is not legal; the position stays as it was
     */
    public void play(int action) {
        if (!possible(game, position, action)) {
            throw new IllegalArgumentException("The move " + action + " is not legal in " + game.name() + " after " + moves.size() + " moves.");
        }
        make(action);
        letChanceMove();
    }

    /** Tells whether a transition can be made: a legal action, a legal joint action or an outcome that is not impossible. */
    static boolean possible(Game game, int[] position, int move) {
        int mover = game.playerToMove(position);
        if (mover == Game.TERMINAL || move < 0) return false;
        if (mover == Game.CHANCE) return move < game.chanceCount() && game.chanceProbability(position, move) > 0;
        if (move >= game.actionCount()) return false;
        if (mover != Game.SIMULTANEOUS) return game.legal(position, move);
        for (int p = 0; p < game.players(); p++) if (!game.ownLegal(position, p, game.ownAction(move, p))) return false;
        return true;
    }

    private void make(int move) {
        game.play(position, move);
        moves.add(move);
        for (int p = 0; p < returns.length; p++) returns[p] += game.reward(position, p);
    }

    private void letChanceMove() {
        long key = CounterRandom.key(seed, CHANCE_STREAM);
        while (game.playerToMove(position) == Game.CHANCE) make(game.randomOutcome(position, Bits.random(key, moves.size())));
    }

    /** Takes back the last {@code decisions} decisions and what chance did after them. Takes back all where there are fewer. */
    public void undo(int decisions) {
        List<Integer> kept = new ArrayList<>(moves);
        for (int left = decisions; left > 0 && !kept.isEmpty(); ) {
            kept.remove(kept.size() - 1);
            if (decidesAfter(kept)) left--;
        }
        restart(kept);
    }

    private boolean decidesAfter(List<Integer> some) {
        int[] there = new int[game.positionSize()];
        game.start(there);
        for (int move : some) game.play(there, move);
        return game.playerToMove(there) != Game.CHANCE;
    }

    private void restart(List<Integer> newMoves) {
        moves.clear();
        Arrays.fill(returns, 0);
        game.start(position);
        newMoves.forEach(this::make);
        letChanceMove();
    }

    /**
     * Goes on from a record.
     *
     * @throws IllegalArgumentException if the record is not one of this game
     */
    public static GameLog of(Game game, GameRecord record) {
        if (!record.game().equals(game.name())) {
            throw new IllegalArgumentException("The game is one of '" + record.game() + "', but it must be one of " + game.name()
                    + ".\nMaybe play " + record.game() + ".");
        }
        record.replay(game, new int[game.positionSize()]);
        var log = new GameLog(game, record.seed());
        log.restart(record.moves());
        return log;
    }

    /** Returns the game so far as a record. */
    public GameRecord record(List<String> agents) {
        return new GameRecord(game.name(), agents, seed, moves, Arrays.stream(returns).boxed().toList(), over());
    }
}
