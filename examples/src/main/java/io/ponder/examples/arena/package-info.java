/** Lets agents play games: an agent chooses moves, a match is played and kept, and many of them give ratings. */
@NullMarked
package io.ponder.examples.arena;

import org.jspecify.annotations.NullMarked;
