/**
 * Known games as models. {@link io.ponder.worldmodels.game.GameModel} imagines with the exact rules of a game and tells a search what each
 * position is; {@link io.ponder.worldmodels.game.GameRollouts} says what positions are worth by playing at random.
 */
@NullMarked
package io.ponder.worldmodels.game;

import org.jspecify.annotations.NullMarked;
