/**
 * What a planner is. A {@link io.ponder.engine.plan.Planner} answers "what do I do now?" for a batch of root states under a
 * {@link io.ponder.engine.plan.Budget}; it always answers with the best found so far and says what stopped it. The imagined rollouts
 * that most planners need go through one {@link io.ponder.engine.plan.RolloutExecutor}. A planner never knows where a model came from.
 */
@NullMarked
package io.ponder.engine.plan;

import org.jspecify.annotations.NullMarked;
