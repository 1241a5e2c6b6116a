/**
 * Learning from searched decisions: self-play in a batch of environments, replay of what was searched, and the loop that teaches a
 * network (MuZero and its family, AlphaZero).
 */
@NullMarked
package io.ponder.engine.train.selfplay;

import org.jspecify.annotations.NullMarked;
