package io.ponder.planners.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxQuadraticTest {
    @Test
    void solutionIsTheBestOfAllWaysToHoldEntriesAtBounds() {
        var random = new Random(3);
        for (int trial = 0; trial < 400; trial++) {
            int n = 1 + trial % 4;
            double[] hessian = positive(random, n);
            double[] linear = new double[n];
            double[] low = new double[n];
            double[] high = new double[n];
            for (int i = 0; i < n; i++) {
                linear[i] = 3 * random.nextGaussian();
                low[i] = -random.nextDouble();
                high[i] = random.nextDouble();
            }
            var box = new BoxQuadratic(n);

            assertThat(box.solve(hessian, linear, low, high)).isTrue();

            double best = bestByEnumeration(hessian, linear, low, high, n);
            assertThat(value(hessian, linear, box.point(), n)).isCloseTo(best, within(1e-9 * (1 + Math.abs(best))));
            for (int i = 0; i < n; i++) assertThat(box.point()[i]).isBetween(low[i], high[i]);
        }
    }

    @Test
    void curvatureThatIsNotPositiveIsRefused() {
        assertThat(new BoxQuadratic(1).solve(new double[] {-1}, new double[] {1}, new double[] {-1}, new double[] {1})).isFalse();
        assertThat(new BoxQuadratic(2).solve(new double[] {1, 2, 2, 1}, new double[2], new double[] {-1, -1}, new double[] {1, 1})).isFalse();
    }

    private static double[] positive(Random random, int n) {
        double[] root = new double[n * n];
        for (int i = 0; i < n * n; i++) root[i] = random.nextGaussian();
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) out[i * n + j] += root[i * n + k] * root[j * n + k];
            }
            out[i * n + i] += 0.1;
        }
        return out;
    }

    private static double value(double[] hessian, double[] linear, double[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += linear[i] * x[i];
            for (int j = 0; j < n; j++) sum += 0.5 * x[i] * hessian[i * n + j] * x[j];
        }
        return sum;
    }

    /** Holds every entry at a bound or lets it go, solves for the rest by elimination, and keeps the best within the box. */
    private static double bestByEnumeration(double[] hessian, double[] linear, double[] low, double[] high, int n) {
        double best = Double.POSITIVE_INFINITY;
        int ways = (int) Math.pow(3, n);
        for (int way = 0; way < ways; way++) {
            double[][] rows = new double[n][n + 1];
            int code = way;
            for (int i = 0; i < n; i++, code /= 3) {
                if (code % 3 == 0) {
                    for (int j = 0; j < n; j++) rows[i][j] = hessian[i * n + j];
                    rows[i][n] = -linear[i];
                } else {
                    rows[i][i] = 1;
                    rows[i][n] = code % 3 == 1 ? low[i] : high[i];
                }
            }
            double[] x = solve(rows, n);
            boolean inside = true;
            for (int i = 0; i < n; i++) inside &= x[i] >= low[i] - 1e-12 && x[i] <= high[i] + 1e-12;
            if (inside) best = Math.min(best, value(hessian, linear, x, n));
        }
        return best;
    }

    private static double[] solve(double[][] rows, int n) {
        for (int i = 0; i < n; i++) {
            int pivot = i;
            for (int r = i; r < n; r++) if (Math.abs(rows[r][i]) > Math.abs(rows[pivot][i])) pivot = r;
            double[] swap = rows[i];
            rows[i] = rows[pivot];
            rows[pivot] = swap;
            for (int r = 0; r < n; r++) {
                if (r == i) continue;
                double factor = rows[r][i] / rows[i][i];
                for (int c = i; c <= n; c++) rows[r][c] -= factor * rows[i][c];
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = rows[i][n] / rows[i][i];
        return x;
    }
}
