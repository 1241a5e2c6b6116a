/**
 * Planners made of two: one that finds the region of a good plan, and one that follows derivatives from there.
 * {@link io.ponder.planners.hybrid.RefinedPlanner} refines the best candidates of any sampling planner by gradients, or the plan of any
 * planner by iLQR; {@link io.ponder.planners.hybrid.TubePlanner} puts the feedback of iLQR around the plan of any planner.
 */
@NullMarked
package io.ponder.planners.hybrid;

import org.jspecify.annotations.NullMarked;
