/**
 * What a planner was asked and what it answered, call by call, so that any decision can be made again to the bit:
 * {@link io.ponder.engine.planlog.LoggingPlanner} writes a {@link io.ponder.engine.planlog.PlanLog} while another planner plans, and the log
 * replays it.
 */
@NullMarked
package io.ponder.engine.planlog;

import org.jspecify.annotations.NullMarked;
