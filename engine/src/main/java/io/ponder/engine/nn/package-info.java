/**
 * Small neural networks: graphs of whole-batch operations with reverse-mode derivatives, losses, optimisers and scalar codecs.
 *
 * <p>A {@link io.ponder.engine.nn.NetworkBuilder} declares a graph once; the {@link io.ponder.engine.nn.Network} holds the parameters
 * of all ensemble members in one flat array, so that optimisers, averages and checkpoints are loops over one array. A
 * {@link io.ponder.engine.nn.Tape} runs one member forwards and backwards in memory taken once, a {@link io.ponder.engine.nn.ForwardPass}
 * only forwards, and {@link io.ponder.engine.nn.LossGradient} a whole ensemble on a batch {@code [E x features x K]}. Losses are
 * operations like any other: their output is one row, the loss of every sample. A new operation is one small class.
 */
@NullMarked
package io.ponder.engine.nn;

import org.jspecify.annotations.NullMarked;
