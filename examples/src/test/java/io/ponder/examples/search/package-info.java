/** Tree search on the rules of known games, against what is known of the games. */
@NullMarked
package io.ponder.examples.search;

import org.jspecify.annotations.NullMarked;
