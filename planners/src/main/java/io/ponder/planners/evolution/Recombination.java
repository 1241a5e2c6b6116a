package io.ponder.planners.evolution;

/**
 * Weighs ranks by {@code ln((m + 1) / 2) - ln(rank)}, rank 1 being the best of m: the better half positively with sum 1, the worse half
 * negatively, to be scaled by who uses it. Source: Hansen 2016, The CMA evolution strategy: a tutorial, table 1.
 */
final class Recombination {
    private final double[] weight;
    private int count;
    private int parents;
    private double effective;
    private double effectiveNegative;
    private double negativeSum;

    Recombination(int population) {
        weight = new double[population];
        resize(population);
    }

    /** Makes the weights for {@code newCount} points; tells whether they changed. */
    boolean resize(int newCount) {
        if (newCount == count) return false;
        count = newCount;
        parents = Math.max(1, count / 2);
        double positive = 0;
        double squares = 0;
        double negative = 0;
        double negativeSquares = 0;
        for (int r = 0; r < count; r++) {
            double w = Math.log((Math.max(count, 2) + 1) / 2.0) - Math.log(r + 1);
            weight[r] = w;
            if (r < parents) {
                positive += w;
                squares += w * w;
            } else {
                negative += Math.min(0, w);
                negativeSquares += Math.min(0, w) * Math.min(0, w);
                weight[r] = Math.min(0, w);
            }
        }
        for (int r = 0; r < parents; r++) weight[r] /= positive;
        effective = positive * positive / squares;
        effectiveNegative = negativeSquares == 0 ? 0 : negative * negative / negativeSquares;
        negativeSum = -negative;
        return true;
    }

    int count() {
        return count;
    }

    /** Returns the number of positive weights. */
    int parents() {
        return parents;
    }

    /** Returns the weight of a rank from 0; positive ones sum to 1, negative ones to {@code -negativeSum()}. */
    double weight(int rank) {
        return weight[rank];
    }

    /** Returns {@code 1 / sum w^2} of the positive weights. */
    double effective() {
        return effective;
    }

    /** Returns {@code (sum w)^2 / sum w^2} of the negative weights, 0 where there are none. */
    double effectiveNegative() {
        return effectiveNegative;
    }

    double negativeSum() {
        return negativeSum;
    }

    /** Returns the mean length of a vector of n standard normals, to 1e-3 from n = 2 on. */
    static double normalLength(int n) {
        return Math.sqrt(n) * (1 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n));
    }
}
