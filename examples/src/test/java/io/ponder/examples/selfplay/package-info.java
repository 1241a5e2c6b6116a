@NullMarked
package io.ponder.examples.selfplay;

import org.jspecify.annotations.NullMarked;
