package io.ponder.examples.games;

import io.ponder.engine.game.Game;

/**
 * A chase in fog on a board of 7 by 7: one player chases an evader who is seen only from two cells away or less, in either
 * direction. Each step he stays (0) or goes up, down, left or right (1 to 4; into a wall: stays), then the evader does: with
 * probability 0.35 he takes a step that leads farthest away, else any of the five. A distance of at most 1, rows and columns
 * added, ends the chase; it pays 1 less what of the 40 steps was used, halved. After 40 steps he has escaped.
 *
 * <p>Position: the chaser's cell and the evader's, steps, what is due (0: where the chaser starts, 1: where the evader does, 2:
 * the chaser, 3: the evader), the direction in which the evader was last seen (0 to 8, or 9 for never), steps since then (up to
 * 3), and the last action. {@link #view} is what the chaser knows of it; the observation shows everything.
 */
public final class FogChase implements Game {
    /** Views that differ in time and the last action only; they follow each other. */
    public static final int VIEWS_OF_A_GLANCE = 4 * 5;

    private static final int SIDE = 7;
    private static final int CELLS = SIDE * SIDE;
    private static final int STEPS = 40;
    private static final double FLEES = 0.35;
    private static final int MOVES = 5;
    private static final int NEVER = 9;

    private static final int CHASER = 0;
    private static final int EVADER = 1;
    private static final int STEP = 2;
    private static final int DUE = 3;
    private static final int SEEN = 4;
    private static final int AGE = 5;
    private static final int LAST = 6;

    @Override
    public String name() {
        return "fog-chase";
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
        return MOVES;
    }

    @Override
    public int chanceCount() {
        return CELLS;
    }

    @Override
    public int positionSize() {
        return 7;
    }

    @Override
    public void start(int[] position) {
        for (int i = 0; i < 7; i++) position[i] = 0;
        position[SEEN] = NEVER;
    }

    private static int distance(int a, int b) {
        return Math.abs(a / SIDE - b / SIDE) + Math.abs(a % SIDE - b % SIDE);
    }

    /** Tells whether the evader is caught. */
    public boolean caught(int[] position) {
        return position[DUE] >= 2 && distance(position[CHASER], position[EVADER]) <= 1;
    }

    @Override
    public int playerToMove(int[] position) {
        if (caught(position) || position[STEP] == STEPS) return TERMINAL;
        return position[DUE] == 2 ? 0 : CHANCE;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return playerToMove(position) == 0;
    }

    @Override
    public double chanceProbability(int[] position, int outcome) {
        if (position[DUE] == 0) return 1.0 / CELLS;
        if (position[DUE] == 1) return distance(position[CHASER], outcome) > 1 ? 1.0 / farCells(position[CHASER]) : 0;
        if (outcome >= MOVES) return 0;
        int most = 0;
        int equal = 0;
        for (int m = 0; m < MOVES; m++) {
            int away = distance(position[CHASER], moved(position[EVADER], m));
            if (away > most) {
                most = away;
                equal = 0;
            }
            if (away == most) equal++;
        }
        boolean flees = distance(position[CHASER], moved(position[EVADER], outcome)) == most;
        return (1 - FLEES) / MOVES + (flees ? FLEES / equal : 0);
    }

    private static int farCells(int chaser) {
        int far = 0;
        for (int cell = 0; cell < CELLS; cell++) if (distance(chaser, cell) > 1) far++;
        return far;
    }

    private static int moved(int cell, int move) {
        int row = cell / SIDE + (move == 1 ? -1 : move == 2 ? 1 : 0);
        int column = cell % SIDE + (move == 3 ? -1 : move == 4 ? 1 : 0);
        return row < 0 || row >= SIDE || column < 0 || column >= SIDE ? cell : row * SIDE + column;
    }

    @Override
    public void play(int[] position, int move) {
        if (position[DUE] < 2) {
            position[position[DUE] == 0 ? CHASER : EVADER] = move;
            position[DUE]++;
            if (position[DUE] == 2) look(position);
        } else if (position[DUE] == 2) {
            position[CHASER] = moved(position[CHASER], move);
            position[LAST] = move;
            position[DUE] = 3;
        } else {
            position[EVADER] = moved(position[EVADER], move);
            position[STEP]++;
            position[DUE] = 2;
            look(position);
        }
    }

    private static void look(int[] position) {
        int rows = position[EVADER] / SIDE - position[CHASER] / SIDE;
        int columns = position[EVADER] % SIDE - position[CHASER] % SIDE;
        if (Math.abs(rows) <= 2 && Math.abs(columns) <= 2) {
            position[SEEN] = 3 * (Integer.signum(rows) + 1) + Integer.signum(columns) + 1;
            position[AGE] = 0;
        } else {
            position[AGE] = Math.min(3, position[AGE] + 1);
        }
    }

    @Override
    public float reward(int[] position, int player) {
        return caught(position) ? 1 - 0.5f * position[STEP] / STEPS : 0;
    }

    /** Returns the number of different {@link #view}s. */
    public int views() {
        return CELLS * (NEVER + 1) * 4 * MOVES;
    }

    /**
     * Returns what the chaser knows where he decides: his cell, where and how long ago he saw the evader, and what he did last.
     */
    public int view(int[] position) {
        return ((position[CHASER] * (NEVER + 1) + position[SEEN]) * 4 + position[AGE]) * MOVES + position[LAST];
    }

    /** Returns how far apart the two are, rows and columns added. */
    public int distance(int[] position) {
        return distance(position[CHASER], position[EVADER]);
    }

    @Override
    public int observationSize() {
        return positionSize();
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        for (int i = 0; i < positionSize(); i++) out[offset + i * stride] = position[i];
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        for (int i = 0; i < positionSize(); i++) position[i] = Math.round(observation[offset + i * stride]);
    }
}
