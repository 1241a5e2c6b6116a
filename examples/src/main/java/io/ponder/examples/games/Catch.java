package io.ponder.examples.games;

import io.ponder.engine.game.Game;

/**
 * Catch: a ball falls one row a move from a random column, a paddle at the bottom moves to the left (0), stays (1) or moves to the right
 * (2). Under the ball in the end pays 1, anything else -1 (the task of V. Mnih et al., "Recurrent models of visual attention", 2014).
 *
 * <p>Position: row of the ball (-1 before chance has dropped it), its column, column of the paddle. Observation {@code [2 x 10 x 5]}: the
 * ball, the paddle.
 */
public final class Catch implements Game {
    static final int ROWS = 10;
    static final int COLUMNS = 5;

    @Override
    public String name() {
        return "catch";
    }

    @Override
    public int players() {
        return 1;
    }

    @Override
    public boolean zeroSum() {
        return false;
    }

    @Override
    public int actionCount() {
        return 3;
    }

    @Override
    public int chanceCount() {
        return COLUMNS;
    }

    @Override
    public int positionSize() {
        return 3;
    }

    @Override
    public void start(int[] position) {
        position[0] = -1;
        position[1] = 0;
        position[2] = COLUMNS / 2;
    }

    @Override
    public int playerToMove(int[] position) {
        if (position[0] < 0) return CHANCE;
        return position[0] == ROWS - 1 ? TERMINAL : 0;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return playerToMove(position) == 0;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        return 1.0 / COLUMNS;
    }

    @Override
    public void play(int[] position, int move) {
        if (position[0] < 0) position[1] = move;
        else position[2] = Math.max(0, Math.min(COLUMNS - 1, position[2] + move - 1));
        position[0]++;
    }

    @Override
    public float reward(int[] position, int player) {
        if (position[0] < ROWS - 1) return 0;
        return position[1] == position[2] ? 1 : -1;
    }

    @Override
    public int observationSize() {
        return 2 * ROWS * COLUMNS;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        for (int i = 0; i < observationSize(); i++) out[offset + i * stride] = 0;
        if (position[0] >= 0) out[offset + (position[0] * COLUMNS + position[1]) * stride] = 1;
        out[offset + ((2 * ROWS - 1) * COLUMNS + position[2]) * stride] = 1;
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        start(position);
        for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
            if (observation[offset + cell * stride] > 0.5f) {
                position[0] = cell / COLUMNS;
                position[1] = cell % COLUMNS;
            }
            if (observation[offset + (ROWS * COLUMNS + cell) * stride] > 0.5f) position[2] = cell % COLUMNS;
        }
    }
}
