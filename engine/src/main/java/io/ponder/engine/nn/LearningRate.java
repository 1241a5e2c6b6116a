package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Gives the learning rate of every optimiser step. The schedules made here are immutable and thread-safe. */
@FunctionalInterface
public interface LearningRate {
    /** Returns the rate of a step, counted from 0. */
    double at(long step);

    /** Returns one rate for ever. */
    static LearningRate constant(double rate) {
        Checks.inRange("rate", rate, 0, Double.MAX_VALUE);
        return step -> rate;
    }

    /** Returns a rate that goes from {@code first} to {@code last} in a straight line over {@code steps} steps and stays there. */
    static LearningRate linear(double first, double last, long steps) {
        requireSteps(steps);
        return step -> step >= steps ? last : first + (last - first) * step / steps;
    }

    /** Returns a rate that goes from {@code first} to {@code last} along half a cosine over {@code steps} steps and stays there. */
    static LearningRate cosine(double first, double last, long steps) {
        requireSteps(steps);
        return step -> step >= steps ? last : last + (first - last) * 0.5 * (1 + Math.cos(Math.PI * step / steps));
    }

    /** Returns a rate that is multiplied by {@code factor} every {@code steps} steps, smoothly. */
    static LearningRate exponential(double first, double factor, long steps) {
        requireSteps(steps);
        Checks.positive("factor", factor);
        return step -> first * Math.pow(factor, (double) step / steps);
    }

    /** Returns a rate that is multiplied by {@code factor} every {@code steps} steps, at once. */
    static LearningRate staircase(double first, double factor, long steps) {
        requireSteps(steps);
        Checks.positive("factor", factor);
        return step -> first * Math.pow(factor, Math.floorDiv(step, steps));
    }

    /** Returns this schedule with its first {@code steps} steps scaled by 1/steps, 2/steps, ..., 1. */
    default LearningRate warmedUp(long steps) {
        requireSteps(steps);
        return step -> step + 1 >= steps ? at(step) : at(step) * (step + 1) / steps;
    }

    private static void requireSteps(long steps) {
        if (steps < 1) throw new IllegalArgumentException("steps is " + steps + ", but it must be at least 1.");
    }
}
