/** Tests of the games: known counts, independent slow twins, and what every game must keep. */
@NullMarked
package io.ponder.examples.games;

import org.jspecify.annotations.NullMarked;
