/** Tests of {@code io.ponder.examples.arena}. */
@NullMarked
package io.ponder.examples.arena;

import org.jspecify.annotations.NullMarked;
