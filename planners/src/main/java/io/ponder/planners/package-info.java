/**
 * Planners of action sequences. Every sampling planner is a {@link io.ponder.planners.SearchDistribution} with three hooks (init,
 * sample, update) in one shared loop, {@link io.ponder.planners.SamplingPlanner}, which takes care of budgets, bounds, warm starts,
 * batches of environments, diverged rollouts and diagnostics. {@link io.ponder.planners.Cem} and its siblings read like the papers
 * they come from. Every random number is drawn from the key of its row, so that a plan depends neither on threads nor on the batch.
 */
@NullMarked
package io.ponder.planners;

import org.jspecify.annotations.NullMarked;
