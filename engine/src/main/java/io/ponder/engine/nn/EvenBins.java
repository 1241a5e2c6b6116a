package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Bins spaced evenly over a transformed scalar. */
final class EvenBins implements ScalarCodec {
    private final ScalarTransform transform;
    private final int bins;
    private final double lowest;
    private final double highest;
    private final double width;

    EvenBins(ScalarTransform transform, int bins, double lowest, double highest) {
        this.transform = transform;
        this.bins = Checks.inRange("bins", bins, 2, Integer.MAX_VALUE);
        this.lowest = lowest;
        this.highest = highest;
        this.width = Checks.positive("highest - lowest", highest - lowest) / (bins - 1);
    }

    @Override
    public int bins() {
        return bins;
    }

    @Override
    public int low(double x) {
        return (int) position(x);
    }

    @Override
    public double highWeight(double x) {
        double position = position(x);
        return position - (int) position;
    }

    /** The place among the bins, from 0 to bins - 1; clamped after the transform. */
    private double position(double x) {
        return Math.min((Math.min(Math.max(transform.apply(x), lowest), highest) - lowest) / width, bins - 1);
    }

    @Override
    public double mean(double[] probabilities, int offset, int stride) {
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < bins; i++) {
            sum += probabilities[offset + i * stride] * i;
            mass += probabilities[offset + i * stride];
        }
        return transform.inverse(mass * lowest + width * sum);
    }

    @Override
    public double mean(float[] probabilities, int offset, int stride) {
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < bins; i++) {
            sum += (double) probabilities[offset + i * stride] * i;
            mass += probabilities[offset + i * stride];
        }
        return transform.inverse(mass * lowest + width * sum);
    }
}
