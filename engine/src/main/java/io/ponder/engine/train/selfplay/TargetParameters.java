package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;

/**
 * States what a network is taught from a played episode.
 *
 * @param unroll      imagined steps U behind a sampled position, at least 0; default 5
 * @param steps       real rewards n before the value is taken from a search or network, at least 1; {@link #TO_THE_END} for the outcome
 *                    of the game; default 10
 * @param lambda      from 0 to 1: mixes returns of 1 to n steps (TD(lambda)); 1 is the n-step return; default 1
 * @param discount    of a step, from 0 to 1; default 0.997
 * @param freshValues whether the value behind the last reward comes from the target network at learning time instead of the search at
 *                    playing time; needs lambda 1; default true
 */
public record TargetParameters(int unroll, int steps, double lambda, double discount, boolean freshValues) {
    /** As many steps as the episode has. */
    public static final int TO_THE_END = Integer.MAX_VALUE;

    public TargetParameters {
        Checks.nonNegative("unroll", unroll);
        Checks.positive("steps", steps);
        Checks.inRange("lambda", lambda, 0, 1);
        Checks.inRange("discount", discount, 0, 1);
        if (freshValues && lambda != 1) {
            throw new IllegalArgumentException("lambda is " + lambda + ", but fresh values need 1."
                    + "\nMaybe take the values of the searches (freshValues false).");
        }
    }

    /** Returns the defaults. */
    public static TargetParameters defaults() {
        return new TargetParameters(5, 10, 1, 0.997, true);
    }

    /** Returns those of a board game: values are outcomes, nothing is discounted. */
    public static TargetParameters outcomes(int unroll) {
        return new TargetParameters(unroll, TO_THE_END, 1, 1, false);
    }

    /** Returns these with another number of imagined steps. */
    public TargetParameters withUnroll(int newUnroll) {
        return new TargetParameters(newUnroll, steps, lambda, discount, freshValues);
    }

    /** Returns these with another number of real rewards. */
    public TargetParameters withSteps(int newSteps) {
        return new TargetParameters(unroll, newSteps, lambda, discount, freshValues);
    }

    /** Returns these with another mixture; below 1 the values are those of the searches. */
    public TargetParameters withLambda(double newLambda) {
        return new TargetParameters(unroll, steps, newLambda, discount, freshValues && newLambda == 1);
    }

    /** Returns these with another discount. */
    public TargetParameters withDiscount(double newDiscount) {
        return new TargetParameters(unroll, steps, lambda, newDiscount, freshValues);
    }

    /** Returns these with values of the target network, or of the searches. */
    public TargetParameters withFreshValues(boolean newFreshValues) {
        return new TargetParameters(unroll, steps, lambda, discount, newFreshValues);
    }
}
