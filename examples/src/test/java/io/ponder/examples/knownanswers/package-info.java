@NullMarked
package io.ponder.examples.knownanswers;

import org.jspecify.annotations.NullMarked;
