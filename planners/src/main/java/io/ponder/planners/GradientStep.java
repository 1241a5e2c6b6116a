package io.ponder.planners;

/** Moves one plan of a row by what its cost and gradient say. Keeps its own memory, row by row and start by start. */
interface GradientStep {
    /** Forgets a row. */
    void reset(int row);

    /**
     * Writes where to look next; the same place where the gradient is not finite.
     *
     * @param next {@code [T x A x starts]}, entry i of start k at {@code i * starts + k}. Modified.
     */
    void step(Population population, int row, int k, float[] next);

    /** Returns the squared length of a gradient in units of half ranges. */
    static double squaredNorm(Population population, int row, int k) {
        float[] gradients = population.gradients();
        double squares = 0;
        for (int i = 0; i < population.length(); i++) {
            double g = (double) gradients[population.at(row, i) + k] * population.halfRange(i);
            squares += g * g;
        }
        return squares;
    }
}
