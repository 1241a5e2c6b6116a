package io.ponder.planners.constrained;

import io.ponder.engine.Checks;

/**
 * Sets {@link ConstrainedPlanner}.
 *
 * @param horizon    steps of a plan, those of the planner inside, at least 1
 * @param rounds     plans of the planner inside that a call makes at most, at least 1
 * @param penalty    weight of squared violations at first, more than 0; about the size of the return over that of a violation
 * @param growth     factor of the weight where a round has not brought the violation down to a quarter, more than 1
 * @param tolerance  violation that is accepted, more than 0
 * @param clampRates whether rate limits are kept by clipping the actions inside of the imagined rollouts, so that every candidate keeps
 *                   them: right for sampling planners. Planners by gradients do better without: then they are constraints like others, and
 *                   only the answer is clipped.
 */
public record ConstraintParameters(int horizon, int rounds, double penalty, double growth, double tolerance, boolean clampRates) {
    /** At most 10 rounds from weight 10, for sampling planners with horizon 25. */
    public static final ConstraintParameters DEFAULT = new ConstraintParameters(25, 10, 10, 5, 1e-3, true);

    public ConstraintParameters {
        Checks.positive("horizon", horizon);
        Checks.positive("rounds", rounds);
        Checks.positive("penalty", penalty);
        if (!(growth > 1)) throw new IllegalArgumentException("growth is " + growth + ", but it must be greater than 1.");
        Checks.positive("tolerance", tolerance);
    }

    /** Returns these parameters with another horizon. */
    public ConstraintParameters withHorizon(int newHorizon) {
        return new ConstraintParameters(newHorizon, rounds, penalty, growth, tolerance, clampRates);
    }

    /** Returns these parameters with another number of rounds. */
    public ConstraintParameters withRounds(int newRounds) {
        return new ConstraintParameters(horizon, newRounds, penalty, growth, tolerance, clampRates);
    }

    /** Returns these parameters with another first weight and growth. */
    public ConstraintParameters withPenalty(double newPenalty, double newGrowth) {
        return new ConstraintParameters(horizon, rounds, newPenalty, newGrowth, tolerance, clampRates);
    }

    /** Returns these parameters with another tolerance. */
    public ConstraintParameters withTolerance(double newTolerance) {
        return new ConstraintParameters(horizon, rounds, penalty, growth, newTolerance, clampRates);
    }

    /** Returns these parameters with rate limits kept by clipping, or by prices. */
    public ConstraintParameters withClampRates(boolean newClampRates) {
        return new ConstraintParameters(horizon, rounds, penalty, growth, tolerance, newClampRates);
    }
}
