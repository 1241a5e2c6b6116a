/**
 * Tunes the numbers of a planner on an environment with its true model: {@link io.ponder.examples.tuning.TunablePlanner} lists them with
 * their ranges, {@link io.ponder.examples.tuning.EvolutionTuner} searches with CMA-ES and scores before and after on starts that it has not seen.
 */
@NullMarked
package io.ponder.examples.tuning;

import org.jspecify.annotations.NullMarked;
