/**
 * What a game is. A {@link io.ponder.engine.game.Game} is exact rules over a position that is a flat block of integers, so that trees,
 * models and environments copy positions with one array copy and nothing is allocated. Players, chance and simultaneous moves are data of
 * the position. {@link io.ponder.engine.game.GameEnvironment} makes an environment out of any game; rules of real games are not here.
 */
@NullMarked
package io.ponder.engine.game;

import org.jspecify.annotations.NullMarked;
