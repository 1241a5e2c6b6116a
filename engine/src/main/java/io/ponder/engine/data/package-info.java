/**
 * What was experienced. A {@link io.ponder.engine.data.TransitionStore} keeps transitions in the order they happened; samplers choose
 * rows by number, {@link io.ponder.engine.data.TransitionBatch} receives them as structures of arrays. Which rows train and which are
 * held out ({@link io.ponder.engine.data.HoldOutSplit}), which rows an ensemble member sees
 * ({@link io.ponder.engine.data.Bootstrap}) and how entries are scaled ({@link io.ponder.engine.data.RunningStatistics}) are decided
 * here, keyed by seeds, so that the same data and seed give the same batches.
 */
@NullMarked
package io.ponder.engine.data;

import org.jspecify.annotations.NullMarked;
