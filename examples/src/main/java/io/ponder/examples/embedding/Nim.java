package io.ponder.examples.embedding;

import io.ponder.engine.game.Game;

/** A game of one's own in one file: players in turn take one, two or three of 21 matches; who takes the last one wins. */
public final class Nim implements Game {
    private static final int MATCHES = 21;

    @Override public String name() { return "nim"; }
    @Override public int players() { return 2; }
    @Override public boolean zeroSum() { return true; }

    /** Action a takes a + 1 matches. */
    @Override public int actionCount() { return 3; }

    /** The matches left, and whose turn it is. */
    @Override public int positionSize() { return 2; }

    @Override public void start(int[] position) {
        position[0] = MATCHES;
        position[1] = 0;
    }

    @Override public int playerToMove(int[] position) {
        return position[0] == 0 ? TERMINAL : position[1];
    }

    @Override public boolean legal(int[] position, int action) {
        return action < position[0];
    }

    @Override public void play(int[] position, int move) {
        position[0] -= move + 1;
        position[1] = 1 - position[1];
    }

    /** In the end it is the loser's turn: nothing is left to take. */
    @Override public float reward(int[] position, int player) {
        if (position[0] > 0) return 0;
        return player == position[1] ? -1 : 1;
    }

    /** What a network sees: the share of the matches left, and whose turn it is. */
    @Override public int observationSize() { return 2; }

    @Override public void observe(int[] position, float[] out, int offset, int stride) {
        out[offset] = position[0] / (float) MATCHES;
        out[offset + stride] = position[1];
    }

    @Override public void recognise(float[] observation, int offset, int stride, int[] position) {
        position[0] = Math.round(observation[offset] * MATCHES);
        position[1] = Math.round(observation[offset + stride]);
    }
}
