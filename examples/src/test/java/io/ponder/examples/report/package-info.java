/** Tests of {@code io.ponder.examples.report}. */
@NullMarked
package io.ponder.examples.report;

import org.jspecify.annotations.NullMarked;
