/** Checks shared by every package of Ponder; the contracts are in the sub-packages. */
@NullMarked
package io.ponder.engine;

import org.jspecify.annotations.NullMarked;
