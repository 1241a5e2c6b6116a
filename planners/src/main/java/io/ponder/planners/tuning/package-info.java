/**
 * Tuning by Bayesian optimisation: a {@link io.ponder.planners.tuning.GaussianProcess} over settings, and a
 * {@link io.ponder.planners.tuning.PlannerTuner} that asks for the next setting to try and is told how it did. Worth it where a run is dear
 * and the optimum sharp, such as the weight of a penalty and the length of rollouts.
 */
@NullMarked
package io.ponder.planners.tuning;

import org.jspecify.annotations.NullMarked;
