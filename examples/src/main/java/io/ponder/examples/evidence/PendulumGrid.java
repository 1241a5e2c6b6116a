package io.ponder.examples.evidence;

import io.ponder.engine.Checks;
import io.ponder.engine.classic.PendulumEquations;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Holds the largest undiscounted return of Pendulum-v1 from every state of a grid over a number of steps, found by dynamic programming:
 * {@code V_n(s) = max_u r(s, u) + V_{n-1}(f(s, u))} with bilinear interpolation between grid points, on the true equations.
 *
 * <p>Interpolation loses a little at every step, in proportion to the distance of the points, so values are too low and rise as the
 * grid gets finer; {@link #extrapolated} removes the first-order part (Richardson). Immutable, safe for several threads.
 */
public final class PendulumGrid {
    /** Torques that are tried, evenly from the lowest to the highest. */
    static final int TORQUES = 41;

    private final int points;
    /** Angle from -pi, periodic, times speed from -8 to 8, speed fastest. */
    private final float[] value;

    PendulumGrid(int points, float[] value) {
        this.points = Checks.inRange("points", points, 3, 20_000);
        Checks.same("number of values", value.length, "points x points", points * points);
        this.value = value;
    }

    /** Computes the values of {@code steps} steps on a grid of {@code points x points}; uses all cores of the common pool. */
    public static PendulumGrid solve(int points, int steps) {
        float[] now = new float[points * points];
        float[] next = new float[points * points];
        for (int n = 0; n < steps; n++) {
            float[] from = now;
            float[] to = next;
            IntStream.range(0, (points + 1) / 2).parallel().forEach(angle -> backUp(points, angle, from, to));
            now = to;
            next = from;
        }
        return new PendulumGrid(points, now);
    }

    /** Returns 2 fine - coarse on the points of the coarse grid. */
    public static PendulumGrid extrapolated(PendulumGrid coarse, PendulumGrid fine) {
        Checks.same("points of the fine grid", fine.points, "2 x points of the coarse grid - 1", 2 * coarse.points - 1);
        int n = coarse.points;
        float[] value = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) value[i * n + j] = 2 * fine.value[2 * i * fine.points + 2 * j] - coarse.value[i * n + j];
        }
        return new PendulumGrid(n, value);
    }

    /** Backs up one angle for all speeds, and the mirrored angle, which has the mirrored values. */
    private static void backUp(int points, int row, float[] from, float[] to) {
        double angle = -Math.PI + row * 2 * Math.PI / (points - 1);
        float sine = (float) Math.sin(angle);
        float highest = (float) PendulumEquations.MAX_SPEED;
        double speedStep = 2 * PendulumEquations.MAX_SPEED / (points - 1);
        float[] best = new float[points];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        float angleScale = (float) ((points - 1) / (2 * Math.PI));
        float speedScale = (float) ((points - 1) / (2 * PendulumEquations.MAX_SPEED));
        for (int a = 0; a < TORQUES; a++) {
            float torque = (float) (PendulumEquations.MAX_TORQUE * (2.0 * a / (TORQUES - 1) - 1));
            float cost = -PendulumEquations.reward(0, 0, torque);
            for (int j = 0; j < points; j++) {
                float nextSpeed = PendulumEquations.nextSpeed(sine, j * (float) speedStep - highest, torque);
                // A step turns by 0.4 at most, so one turn brings the angle back onto the grid.
                float x = row + nextSpeed * (float) PendulumEquations.TIME_STEP * angleScale;
                x = x < 0 ? x + points - 1 : x >= points - 1 ? x - points + 1 : x;
                float total = bilinear(points, from, x, (nextSpeed + highest) * speedScale) - cost;
                if (total > best[j]) best[j] = total;
            }
        }
        for (int j = 0; j < points; j++) {
            double reward = PendulumEquations.reward(angle, j * speedStep - PendulumEquations.MAX_SPEED, 0);
            to[row * points + j] = best[j] + (float) reward;
            to[(points - 1 - row) * points + points - 1 - j] = to[row * points + j];
        }
    }

    /** Interpolates at grid coordinates: x from 0 to points - 1 along the angle, y along the speed. */
    private static float bilinear(int points, float[] value, float x, float y) {
        int i = Math.max(0, Math.min((int) x, points - 2));
        int j = Math.max(0, Math.min((int) y, points - 2));
        float fx = x - i;
        float fy = y - j;
        int at = i * points + j;
        float low = value[at] + fy * (value[at + 1] - value[at]);
        float high = value[at + points] + fy * (value[at + points + 1] - value[at + points]);
        return low + fx * (high - low);
    }

    /** Returns the number of points along each side. */
    int points() {
        return points;
    }

    /** Returns the values themselves, {@code [angle x speed]}. Not to be modified. */
    float[] values() {
        return value;
    }

    /** Returns the value of a state; any angle, a speed from -8 to 8. */
    public double value(double angle, double speed) {
        double x = (angle + Math.PI) * (points - 1) / (2 * Math.PI);
        x -= (points - 1) * Math.floor(x / (points - 1));
        double y = (speed + PendulumEquations.MAX_SPEED) * (points - 1) / (2 * PendulumEquations.MAX_SPEED);
        return bilinear(points, value, (float) x, (float) y);
    }

    /** Returns the mean value over Gymnasium's starts: angle from -pi to pi, speed from -1 to 1, both uniform. */
    public double meanOverStarts() {
        double sum = 0;
        int sides = 400;
        for (int i = 0; i < sides; i++) {
            for (int j = 0; j < sides; j++) {
                sum += value(-Math.PI + 2 * Math.PI * (i + 0.5) / sides, -1 + 2 * (j + 0.5) / sides);
            }
        }
        return sum / ((double) sides * sides);
    }
}
