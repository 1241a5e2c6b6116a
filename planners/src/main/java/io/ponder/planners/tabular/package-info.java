/**
 * Planning and exploring in finite processes that have to be learned: an {@link io.ponder.planners.tabular.OptimismRule} says how much is
 * still unknown, a {@link io.ponder.planners.tabular.SwitchSchedule} when to plan anew, and a method turns counts, posterior draws or
 * hypotheses into a policy. Everything is in double precision and runs on the CPU.
 */
@NullMarked
package io.ponder.planners.tabular;

import org.jspecify.annotations.NullMarked;
