@NullMarked
package io.ponder.worldmodels.objective;

import org.jspecify.annotations.NullMarked;
