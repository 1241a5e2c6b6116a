/**
 * Planners made of two: one that finds the region of a good plan, and one that follows derivatives from there.
 * {@link io.ponder.planners.hybrid.RefinedPlanner} refines the best candidates of any sampling planner by gradients, or the plan of any
 * planner by iLQR.
 */
@NullMarked
package io.ponder.planners.hybrid;

import org.jspecify.annotations.NullMarked;
