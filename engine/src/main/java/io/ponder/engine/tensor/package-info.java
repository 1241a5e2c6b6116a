/**
 * Float arrays, the kernels that work on them, and counter-based random numbers.
 *
 * <p>Bulk data is {@code float[]} in structure-of-arrays order with the sample index fastest, and every operation takes an array, an
 * offset and, for matrices, a row stride, so that a block of a larger array needs no copy. {@link io.ponder.engine.tensor.Kernels}
 * is the one narrow interface; a plain Java implementation is always there, one on the Vector API is chosen when the machine and the
 * command line allow it. {@link io.ponder.engine.tensor.CounterRandom} computes the random number of (key, sample, draw) directly,
 * so that numbers depend neither on threads nor on how a batch is cut into blocks.
 */
@NullMarked
package io.ponder.engine.tensor;

import org.jspecify.annotations.NullMarked;
