package io.ponder.examples.papers;

import io.ponder.engine.Checks;
import java.util.Arrays;

/** Correlations of paired numbers. */
final class RankCorrelation {
    private RankCorrelation() {}

    /** Returns Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank. */
    static double spearman(double[] x, double[] y) {
        return pearson(ranks(x), ranks(y));
    }

    /** Returns Pearson's correlation; NaN where one of them is constant. */
    static double pearson(double[] x, double[] y) {
        Checks.same("length of x", x.length, "length of y", y.length);
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static double[] ranks(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int first = Arrays.binarySearch(sorted, x[i]);
            int last = first;
            while (first > 0 && sorted[first - 1] == x[i]) first--;
            while (last + 1 < sorted.length && sorted[last + 1] == x[i]) last++;
            ranks[i] = 0.5 * (first + last);
        }
        return ranks;
    }
}
