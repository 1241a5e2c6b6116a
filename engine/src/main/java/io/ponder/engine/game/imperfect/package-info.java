/**
 * What can be computed of small games with hidden information. {@link io.ponder.engine.game.imperfect.ExtensiveForm} lists all
 * histories of a game by its rules; on it are measured values, action values, best responses and the exploitability of a {@link
 * io.ponder.engine.game.imperfect.BehaviourPolicy}, exactly. {@link io.ponder.engine.game.imperfect.GamePolicy} is what larger
 * games need instead: probabilities for a batch of positions.
 */
@NullMarked
package io.ponder.engine.game.imperfect;

import org.jspecify.annotations.NullMarked;
