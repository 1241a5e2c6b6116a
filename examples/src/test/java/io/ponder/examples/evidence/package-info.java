/** Tests of {@code io.ponder.examples.evidence}. */
@NullMarked
package io.ponder.examples.evidence;

import org.jspecify.annotations.NullMarked;
