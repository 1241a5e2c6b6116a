/** Tests of {@code io.ponder.examples.cli}. */
@NullMarked
package io.ponder.examples.cli;

import org.jspecify.annotations.NullMarked;
