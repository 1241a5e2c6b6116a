@NullMarked
package io.ponder.worldmodels.uncertainty;

import org.jspecify.annotations.NullMarked;
