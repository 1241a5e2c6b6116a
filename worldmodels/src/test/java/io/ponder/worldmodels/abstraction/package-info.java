@NullMarked
package io.ponder.worldmodels.abstraction;

import org.jspecify.annotations.NullMarked;
