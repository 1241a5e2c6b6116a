/**
 * Environments to plan in, equal to Gymnasium's where they carry its id. Each is a class of a few lines: the equations are those of
 * {@code io.ponder.engine.classic}, what is added here is where an episode starts and what is observed.
 * {@link io.ponder.examples.environments.Environments} makes them by name.
 */
@NullMarked
package io.ponder.examples.environments;

import org.jspecify.annotations.NullMarked;
