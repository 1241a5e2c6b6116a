/**
 * The equations, rewards and terminations of the classic tasks, as pure static functions. Environments, exact models, planner tests and
 * GPU kernels all call these, so a task is defined once: every equation stands here in double (environments, closed forms) and right
 * beside it in float (batches, kernels), tested against each other over a grid. Functions whose arguments are numbers keep to what an
 * Aparapi kernel can run: arithmetic, {@code if}, {@code Math.abs/min/max/sqrt}, no switch, no objects. A
 * {@link io.ponder.engine.classic.BatchedTask} steps a whole block of samples in plain loops that the JIT turns into SIMD code.
 */
@NullMarked
package io.ponder.engine.classic;

import org.jspecify.annotations.NullMarked;
