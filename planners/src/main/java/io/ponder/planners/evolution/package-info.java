/**
 * Evolution strategies: minimisers that need nothing but the value of a function. Each one is an
 * {@link io.ponder.planners.evolution.EvolutionStrategy} that is asked for points and told their costs, in a loop of the caller's or in
 * {@link io.ponder.planners.evolution.Minimiser}; {@link io.ponder.planners.evolution.EvolutionPlanning} makes a planner of any of them.
 * Points are in double precision, because a search that converges compares costs that hardly differ; the normals are the engine's
 * counter-based ones, so that a seed means the same points for any number of threads.
 */
@NullMarked
package io.ponder.planners.evolution;

import org.jspecify.annotations.NullMarked;
