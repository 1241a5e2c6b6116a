/** Tests of {@code io.ponder.examples.papers}. */
@NullMarked
package io.ponder.examples.papers;

import org.jspecify.annotations.NullMarked;
