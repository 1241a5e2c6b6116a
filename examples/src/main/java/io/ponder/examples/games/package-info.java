/**
 * Games with exact rules, and how people read and write them. Rules are {@link io.ponder.engine.game.Game}s on bitboards where they fit;
 * {@link io.ponder.examples.games.BoardText} draws positions and knows the usual notation of moves;
 * {@link io.ponder.examples.games.Games} finds both by name.
 */
@NullMarked
package io.ponder.examples.games;

import org.jspecify.annotations.NullMarked;
