/** Whole programs that embed Ponder, as the README shows them; the tests compile and run each. */
@NullMarked
package io.ponder.examples.embedding;

import org.jspecify.annotations.NullMarked;
