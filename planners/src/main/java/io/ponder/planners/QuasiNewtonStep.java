package io.ponder.planners;

/**
 * Steps by limited-memory BFGS in units of half ranges. A plan that has not lowered its cost enough goes back half of its step; one that
 * has moves on along a new direction, in the entries that no bound holds.
 */
final class QuasiNewtonStep implements GradientStep {
    private static final int MEMORY = 6;
    private static final int HALVINGS = 12;
    private static final double SUFFICIENT = 1e-4;
    private static final double LEAST_CURVATURE = 1e-10;

    private final int length;
    private final int starts;
    private final double firstLength;
    /** For every start: the accepted plan, its gradient, the direction; then MEMORY changes of plan and of gradient. */
    private final double[][] memory;
    private final double[][] cost;
    private final double[][] stepLength;
    private final int[][] pairs;
    private final int[][] halvings;
    private final double[] alpha = new double[MEMORY];
    private final boolean[] used = new boolean[MEMORY];
    private final boolean[] free;

    QuasiNewtonStep(GradientParameters parameters, int rows, int length) {
        this.length = length;
        starts = parameters.starts();
        firstLength = parameters.learningRate();
        free = new boolean[length];
        memory = new double[rows][Math.multiplyExact(starts, (3 + 2 * MEMORY) * length)];
        cost = new double[rows][starts];
        stepLength = new double[rows][starts];
        pairs = new int[rows][starts];
        halvings = new int[rows][starts];
        for (int b = 0; b < rows; b++) reset(b);
    }

    @Override
    public void reset(int row) {
        for (int k = 0; k < starts; k++) pairs[row][k] = -1;
    }

    private int plan(int k) {
        return k * (3 + 2 * MEMORY) * length;
    }

    private int gradient(int k) {
        return plan(k) + length;
    }

    private int direction(int k) {
        return plan(k) + 2 * length;
    }

    private int planChange(int k, int pair) {
        return plan(k) + (3 + pair % MEMORY) * length;
    }

    private int gradientChange(int k, int pair) {
        return plan(k) + (3 + MEMORY + pair % MEMORY) * length;
    }

    @Override
    public void step(Population population, int row, int k, float[] next) {
        double[] own = memory[row];
        double reached = population.costs()[population.costAt(row) + k];
        boolean usable = Double.isFinite(reached) && GradientStep.squaredNorm(population, row, k) < Double.POSITIVE_INFINITY;
        if (pairs[row][k] < 0) {
            if (usable) {
                accept(population, row, k, reached, 0);
                turn(population, row, k);
            }
        } else if (usable && lowered(population, row, k, reached)) {
            accept(population, row, k, reached, 1);
            turn(population, row, k);
        } else {
            stepLength[row][k] *= 0.5;
            if (++halvings[row][k] > HALVINGS) {
                pairs[row][k] = 0;
                turn(population, row, k);
            }
        }
        for (int i = 0; i < length; i++) {
            float unit = population.halfRange(i);
            double x = pairs[row][k] < 0
                    ? population.sequences()[population.at(row, i) + k]
                    : unit * (own[plan(k) + i] + stepLength[row][k] * own[direction(k) + i]);
            next[i * starts + k] = (float) Math.max(population.low(i), Math.min(population.high(i), x));
        }
    }

    /** Tells whether the cost has fallen by enough of what the gradient promised (Armijo). */
    private boolean lowered(Population population, int row, int k, double reached) {
        double[] own = memory[row];
        double promised = 0;
        for (int i = 0; i < length; i++) {
            double x = population.sequences()[population.at(row, i) + k] / (double) population.halfRange(i);
            promised += own[gradient(k) + i] * (x - own[plan(k) + i]);
        }
        return reached <= cost[row][k] + SUFFICIENT * Math.min(0, promised);
    }

    /** Makes the evaluated plan the accepted one, and its change a pair where the cost is curved upwards along it. */
    private void accept(Population population, int row, int k, double reached, int change) {
        double[] own = memory[row];
        int pair = Math.max(0, pairs[row][k]);
        double product = 0;
        double squares = 0;
        for (int i = 0; i < length; i++) {
            float unit = population.halfRange(i);
            double x = population.sequences()[population.at(row, i) + k] / (double) unit;
            double g = (double) population.gradients()[population.at(row, i) + k] * unit;
            if (change > 0) {
                double s = x - own[plan(k) + i];
                double y = g - own[gradient(k) + i];
                own[planChange(k, pair) + i] = s;
                own[gradientChange(k, pair) + i] = y;
                product += s * y;
                squares += y * y;
            }
            own[plan(k) + i] = x;
            own[gradient(k) + i] = g;
        }
        cost[row][k] = reached;
        pairs[row][k] = pair + (change > 0 && product > LEAST_CURVATURE * squares ? 1 : 0);
    }

    /** Finds the direction of the accepted plan by the two loops. */
    private void turn(Population population, int row, int k) {
        double[] own = memory[row];
        int direction = direction(k);
        double largest = 0;
        for (int i = 0; i < length; i++) {
            free[i] = !held(population, own, k, i);
            own[direction + i] = free[i] ? -own[gradient(k) + i] : 0;
            largest = Math.max(largest, Math.abs(own[direction + i]));
        }
        int newest = pairs[row][k];
        int oldest = Math.max(0, newest - MEMORY);
        stepLength[row][k] = newest == 0 ? firstLength / Math.max(1e-30, largest) : 1;
        halvings[row][k] = 0;
        double scale = 0;
        for (int pair = newest - 1; pair >= oldest; pair--) {
            int s = planChange(k, pair);
            int y = gradientChange(k, pair);
            // Among the free entries alone a pair may say nothing.
            double curvature = dot(own, s, y);
            double squares = dot(own, y, y);
            used[pair % MEMORY] = curvature > LEAST_CURVATURE * squares;
            if (!used[pair % MEMORY]) continue;
            if (scale == 0) scale = curvature / squares;
            double a = dot(own, s, direction) / curvature;
            alpha[pair % MEMORY] = a;
            for (int i = 0; i < length; i++) if (free[i]) own[direction + i] -= a * own[y + i];
        }
        if (scale == 0) stepLength[row][k] = firstLength / Math.max(1e-30, largest);
        for (int i = 0; i < length && scale > 0; i++) own[direction + i] *= scale;
        for (int pair = oldest; pair < newest; pair++) {
            if (!used[pair % MEMORY]) continue;
            int s = planChange(k, pair);
            int y = gradientChange(k, pair);
            double b = dot(own, y, direction) / dot(own, s, y);
            for (int i = 0; i < length; i++) if (free[i]) own[direction + i] += (alpha[pair % MEMORY] - b) * own[s + i];
        }
        double down = 0;
        for (int i = 0; i < length; i++) down += own[direction + i] * own[gradient(k) + i];
        if (down >= 0 && newest > 0) {
            pairs[row][k] = 0;
            turn(population, row, k);
        }
    }

    /** Tells whether a bound holds an entry that the gradient pushes against it. */
    private boolean held(Population population, double[] own, int k, int i) {
        double x = own[plan(k) + i] * population.halfRange(i);
        double g = own[gradient(k) + i];
        return x <= population.low(i) && g > 0 || x >= population.high(i) && g < 0;
    }

    /** Multiplies two vectors over the free entries. */
    private double dot(double[] own, int first, int second) {
        double sum = 0;
        for (int i = 0; i < length; i++) if (free[i]) sum += own[first + i] * own[second + i];
        return sum;
    }
}
