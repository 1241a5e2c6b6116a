/**
 * Trajectory optimisation by derivatives of the model. {@link io.ponder.planners.trajectory.IterativeLqr} solves a linear-quadratic
 * problem around the current plan, within the bounds of the actions, and follows its solution as far as it improves the true return;
 * {@link io.ponder.planners.trajectory.LinearQuadraticRegulator} is the same recursion where the problem is linear-quadratic to begin
 * with. Plans come out in a few iterations where the return is smooth; where it is flat or jumps, sampling planners do better.
 */
@NullMarked
package io.ponder.planners.trajectory;

import org.jspecify.annotations.NullMarked;
