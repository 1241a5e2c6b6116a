package io.ponder.planners.policy;

/** What all operators with an entropy-like penalty compute in the end. */
final class Exponential {
    private Exponential() {}

    /**
     * Replaces scores by {@code softmax(score / temperature)} and returns {@code temperature * ln sum exp(score / temperature)}.
     *
     * @param scores minus infinity for what gets probability 0; at least one is finite. Modified.
     */
    static double softmax(double[] scores, int offset, int count, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + count; i++) largest = Math.max(largest, scores[i]);
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            scores[i] = Math.exp((scores[i] - largest) / temperature);
            sum += scores[i];
        }
        for (int i = offset; i < offset + count; i++) scores[i] /= sum;
        return largest + temperature * Math.log(sum);
    }
}
