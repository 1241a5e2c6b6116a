/**
 * Plans within rate limits and constraints by any planner that knows only bounds. {@link io.ponder.planners.constrained.ConstrainedPlanner}
 * lets the planner inside plan for an augmented Lagrangian: the model with a price on what the plan violates, in a few rounds that adapt
 * the prices.
 */
@NullMarked
package io.ponder.planners.constrained;

import org.jspecify.annotations.NullMarked;
