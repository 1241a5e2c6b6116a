/** Tests of {@code io.ponder.examples.comparison}. */
@NullMarked
package io.ponder.examples.comparison;

import org.jspecify.annotations.NullMarked;
