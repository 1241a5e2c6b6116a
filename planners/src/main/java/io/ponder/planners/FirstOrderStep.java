package io.ponder.planners;

import java.util.Arrays;

/** Steps by Adam, or down the gradient itself, in units of half ranges, and projects to the bounds. */
final class FirstOrderStep implements GradientStep {
    private static final double FIRST_MOMENT = 0.9;
    private static final double SECOND_MOMENT = 0.999;
    private static final double EPSILON = 1e-8;

    private final GradientParameters parameters;
    private final boolean adam;
    private final int starts;
    private final float[][] firstMoment;
    private final float[][] secondMoment;

    FirstOrderStep(GradientParameters parameters, int rows, int length) {
        this.parameters = parameters;
        adam = parameters.method() == GradientMethod.ADAM;
        starts = parameters.starts();
        firstMoment = new float[rows][adam ? length * starts : 0];
        secondMoment = new float[rows][adam ? length * starts : 0];
    }

    @Override
    public void reset(int row) {
        Arrays.fill(firstMoment[row], 0);
        Arrays.fill(secondMoment[row], 0);
    }

    @Override
    public void step(Population population, int row, int k, float[] next) {
        float[] gradients = population.gradients();
        double norm = Math.sqrt(GradientStep.squaredNorm(population, row, k));
        boolean usable = norm < Double.POSITIVE_INFINITY;
        double shrink = norm > parameters.largestNorm() ? parameters.largestNorm() / norm : 1;
        int t = population.iteration() + 1;
        double firstBias = 1 - Math.pow(FIRST_MOMENT, t);
        double secondBias = 1 - Math.pow(SECOND_MOMENT, t);
        for (int i = 0; i < population.length(); i++) {
            int place = i * starts + k;
            float x = population.sequences()[population.at(row, i) + k];
            next[place] = x;
            if (!usable) continue;
            float halfRange = population.halfRange(i);
            double g = shrink * gradients[population.at(row, i) + k] * halfRange;
            double move = parameters.learningRate() * g;
            if (adam) {
                double m = FIRST_MOMENT * firstMoment[row][place] + (1 - FIRST_MOMENT) * g;
                double v = SECOND_MOMENT * secondMoment[row][place] + (1 - SECOND_MOMENT) * g * g;
                firstMoment[row][place] = (float) m;
                secondMoment[row][place] = (float) v;
                move = parameters.learningRate() * (m / firstBias) / (Math.sqrt(v / secondBias) + EPSILON);
            }
            next[place] = Math.max(population.low(i), Math.min(population.high(i), x - (float) move * halfRange));
        }
    }
}
