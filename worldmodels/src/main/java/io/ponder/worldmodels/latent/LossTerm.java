package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.Node;

/**
 * A part of what a latent network is taught with: one loss for each position.
 *
 * @param name      by which {@link LatentLearning#weight} knows it
 * @param losses    row losses, one a position. Not copied.
 * @param firstSeen whether the first loss is that of the position that was seen, not of an imagined one: it is not scaled down
 * @param ignorant  what a loss is where nothing is known: that of a guess at random
 */
record LossTerm(String name, Node[] losses, boolean firstSeen, double ignorant) {}
