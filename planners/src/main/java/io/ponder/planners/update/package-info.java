/**
 * Search by update equivalence (Sokota and others 2023): at a decision, do what a learner would do at this information set.
 * {@link io.ponder.planners.update.LastIterateLearner} is such a learner, on all information sets of a small game; {@link
 * io.ponder.planners.update.UpdateSearch} makes its step at one, with values of rollouts from positions that a {@link
 * io.ponder.planners.update.BeliefSampler} draws. Both take their step from a {@link io.ponder.planners.policy.PolicyOperator}.
 */
@NullMarked
package io.ponder.planners.update;

import org.jspecify.annotations.NullMarked;
