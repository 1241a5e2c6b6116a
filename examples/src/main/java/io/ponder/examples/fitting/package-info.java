/** Fits a world model to logged transitions: the way in for somebody who has data and no simulator. */
@NullMarked
package io.ponder.examples.fitting;

import org.jspecify.annotations.NullMarked;
