package io.ponder.examples.papers;

import io.ponder.engine.tensor.RandomStream;
import io.ponder.engine.train.PhasedLearning;
import io.ponder.engine.train.RolloutFeatures;
import java.util.Arrays;

/**
 * Dyna-Q in a grid with a model that is right about open ground only: it believes that every move succeeds. Half of the grids are open, the
 * others full of walls. Imagined rollouts begin at visited cells and follow the policy through whatever the model does not know of.
 */
final class MazeLearning implements PhasedLearning {
    static final int PHASES = 24;
    private static final int SIZE = 6;
    private static final int CELLS = SIZE * SIZE;
    private static final int GOAL = CELLS - 1;
    private static final int STEPS = 100;
    private static final double DISCOUNT = 0.95;
    private static final double STEP_SIZE = 0.5;
    private static final double EXPLORATION = 0.1;
    private static final int[] DX = {1, -1, 0, 0};
    private static final int[] DY = {0, 0, 1, -1};

    private final double wallShare;
    private final boolean[] wall = new boolean[CELLS];
    private final double[][] values = new double[CELLS][4];
    private final int[] visited = new int[PHASES * STEPS];
    private RandomStream random = new RandomStream(0, 0);
    private final boolean[] tried = new boolean[4 * CELLS];
    private int triedCount;
    private int wrong;
    private int visits;
    private int state;
    private int phase;
    private int horizon;
    private double worth;

    /** Creates the task; {@code wallShare} is that of the grids that have walls. */
    MazeLearning(double wallShare) {
        this.wallShare = wallShare;
    }

    @Override
    public void begin(long seed) {
        random = new RandomStream(seed, 0);
        boolean open = random.nextBoolean();
        do {
            for (int cell = 0; cell < CELLS; cell++) {
                wall[cell] = !open && cell != 0 && cell != GOAL && random.nextDouble() < wallShare;
            }
        } while (!reachable());
        for (double[] row : values) Arrays.fill(row, 0);
        visits = 0;
        state = 0;
        phase = 0;
        horizon = 0;
        Arrays.fill(tried, false);
        triedCount = 0;
        wrong = 0;
        worth = 0;
    }

    private boolean reachable() {
        boolean[] seen = new boolean[CELLS];
        int[] queue = new int[CELLS];
        int end = 1;
        seen[0] = true;
        for (int i = 0; i < end; i++) {
            for (int action = 0; action < 4; action++) {
                int next = real(queue[i], action);
                if (!seen[next]) queue[end++] = next;
                seen[next] = true;
            }
        }
        return seen[GOAL];
    }

    private static int imagined(int cell, int action) {
        int x = cell % SIZE + DX[action];
        int y = cell / SIZE + DY[action];
        return x < 0 || y < 0 || x >= SIZE || y >= SIZE ? cell : y * SIZE + x;
    }

    private int real(int cell, int action) {
        int next = imagined(cell, action);
        return wall[next] ? cell : next;
    }

    @Override
    public int phases() {
        return PHASES;
    }

    @Override
    public double phase(int newHorizon) {
        horizon = newHorizon;
        for (int step = 0; step < STEPS; step++) {
            int action = act(state);
            int next = real(state, action);
            if (!tried[4 * state + action]) {
                tried[4 * state + action] = true;
                triedCount++;
                if (next != imagined(state, action)) wrong++;
            }
            visited[visits++] = state;
            learn(state, action, next);
            state = next == GOAL ? 0 : next;
            imagine();
        }
        phase++;
        double before = worth;
        worth = worthOfGreedy();
        return worth - before;
    }

    /** Returns the worth of the policy at the end of the last phase; a phase returns by how much it rose. */
    double worth() {
        return worth;
    }

    private int act(int cell) {
        return random.nextDouble() < EXPLORATION ? random.nextInt(4) : best(cell, random.nextInt(4));
    }

    /** Returns the best action, the first among equals from {@code first} on. */
    private int best(int cell, int first) {
        int best = first;
        for (int i = 1; i < 4; i++) {
            int action = (first + i) % 4;
            if (values[cell][action] > values[cell][best]) best = action;
        }
        return best;
    }

    private void learn(int cell, int action, int next) {
        double target = next == GOAL ? 1 : DISCOUNT * values[next][best(next, 0)];
        values[cell][action] += STEP_SIZE * (target - values[cell][action]);
    }

    private void imagine() {
        if (horizon == 0) return;
        int cell = visited[random.nextInt(visits)];
        for (int t = 0; t < horizon && cell != GOAL; t++) {
            int action = act(cell);
            int next = imagined(cell, action);
            learn(cell, action, next);
            cell = next;
        }
    }

    /** Returns the discounted reward of the greedy policy from the start. */
    private double worthOfGreedy() {
        int cell = 0;
        double worthNow = 1;
        for (int t = 0; t < 4 * SIZE; t++) {
            cell = real(cell, best(cell, 0));
            if (cell == GOAL) return worthNow;
            worthNow *= DISCOUNT;
        }
        return 0;
    }

    @Override
    public RolloutFeatures features() {
        // Of moves that were tried at all, those that the model had wrong; 1 while nothing is known.
        double error = triedCount == 0 ? 1 : wrong / (double) triedCount;
        return new RolloutFeatures(phase / (double) PHASES, error, worth, horizon);
    }
}
