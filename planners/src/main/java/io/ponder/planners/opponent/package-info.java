/**
 * What another player will do. An {@link io.ponder.planners.opponent.OpponentModel} predicts his action at a position and
 * learns from what he did; {@link io.ponder.planners.opponent.RecursiveMixture} also imagines him answering our answer to what
 * it predicts, and so on, and weighs these levels by how well each predicted.
 */
@NullMarked
package io.ponder.planners.opponent;

import org.jspecify.annotations.NullMarked;
