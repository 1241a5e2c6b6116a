package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import java.util.Arrays;

/**
 * Pig (J. Scarne, 1945): a player rolls (0) as often as he likes and may stop (1) to keep what he rolled; a 1 loses what the turn
 * brought and ends it. Who first keeps {@code winScore} in all gets 1, the others lose 1 together. After {@code horizon} decisions the
 * game is drawn.
 *
 * <p>Outcome o of chance is the face o + 1. Position: scores, what the turn has brought, whose turn it is, decisions so far, and whether
 * the die is rolling. Observation: the same numbers, as shares of {@code winScore} and {@code horizon}, whose turn as one entry a player;
 * players in fixed order.
 */
public final class Pig implements Game {
    static final int ROLL = 0;
    static final int STOP = 1;

    private static final int FACES = 6;

    private final int players;
    private final int winScore;
    private final int horizon;

    // Entries of the position behind the scores.
    private final int turnTotal;
    private final int turn;
    private final int decisions;
    private final int rolling;

    /** Creates the game of two players to 100 points, at most 1 000 decisions. */
    public Pig() {
        this(2, 100, 1000);
    }

    /**
     * Creates the game.
     *
     * @param players  2 or 3
     * @param winScore points that win, from 1 to 1 000
     * @param horizon  decisions after which the game is drawn, from 1 to 100 000
     */
    public Pig(int players, int winScore, int horizon) {
        this.players = Checks.inRange("players", players, 2, 3);
        this.winScore = Checks.inRange("winScore", winScore, 1, 1000);
        this.horizon = Checks.inRange("horizon", horizon, 1, 100_000);
        turnTotal = players;
        turn = players + 1;
        decisions = players + 2;
        rolling = players + 3;
    }

    @Override
    public String name() {
        return players == 2 ? "pig" : "pig" + players;
    }

    @Override
    public int players() {
        return players;
    }

    @Override
    public boolean zeroSum() {
        return true;
    }

    @Override
    public int actionCount() {
        return 2;
    }

    @Override
    public int chanceCount() {
        return FACES;
    }

    @Override
    public int positionSize() {
        return players + 4;
    }

    @Override
    public void start(int[] position) {
        Arrays.fill(position, 0);
    }

    @Override
    public int playerToMove(int[] position) {
        if (winner(position) >= 0) return TERMINAL;
        if (position[rolling] != 0) return CHANCE;
        return position[decisions] >= horizon ? TERMINAL : position[turn];
    }

    /** Returns who has won, or -1. */
    private int winner(int[] position) {
        for (int p = 0; p < players; p++) if (position[p] >= winScore) return p;
        return -1;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return playerToMove(position) >= 0;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        return 1.0 / FACES;
    }

    @Override
    public void play(int[] position, int move) {
        if (position[rolling] != 0) {
            position[rolling] = 0;
            if (move == 0) endTurn(position);
            else position[turnTotal] += move + 1;
        } else {
            position[decisions]++;
            if (move == ROLL) {
                position[rolling] = 1;
            } else {
                position[position[turn]] += position[turnTotal];
                endTurn(position);
            }
        }
    }

    private void endTurn(int[] position) {
        position[turnTotal] = 0;
        position[turn] = (position[turn] + 1) % players;
    }

    @Override
    public float reward(int[] position, int player) {
        int winner = winner(position);
        if (winner < 0) return 0;
        return player == winner ? 1 : -1f / (players - 1);
    }

    /** Returns the score of a player. */
    public int score(int[] position, int player) {
        return position[player];
    }

    /** Returns what the turn has brought so far. */
    public int turnTotal(int[] position) {
        return position[turnTotal];
    }

    /** Returns whose turn it is. */
    public int turn(int[] position) {
        return position[turn];
    }

    @Override
    public int observationSize() {
        return 2 * players + 3;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        for (int p = 0; p < players; p++) {
            out[offset + p * stride] = position[p] / (float) winScore;
            out[offset + (players + p) * stride] = position[turn] == p ? 1 : 0;
        }
        out[offset + 2 * players * stride] = position[turnTotal] / (float) winScore;
        out[offset + (2 * players + 1) * stride] = position[decisions] / (float) horizon;
        out[offset + (2 * players + 2) * stride] = position[rolling];
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        for (int p = 0; p < players; p++) {
            position[p] = Math.round(observation[offset + p * stride] * winScore);
            if (observation[offset + (players + p) * stride] > 0.5f) position[turn] = p;
        }
        position[turnTotal] = Math.round(observation[offset + 2 * players * stride] * winScore);
        position[decisions] = Math.round(observation[offset + (2 * players + 1) * stride] * horizon);
        position[rolling] = Math.round(observation[offset + (2 * players + 2) * stride]);
    }
}
