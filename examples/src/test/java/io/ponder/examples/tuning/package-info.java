@NullMarked
package io.ponder.examples.tuning;

import org.jspecify.annotations.NullMarked;
