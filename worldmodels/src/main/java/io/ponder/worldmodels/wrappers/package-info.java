/**
 * Wrappers that give any model a known reward, a known end of episodes or a discount. They read observations, so they fit exact and
 * learned models alike; the order of a learned chain is propagation, reward, termination, discount, from the inside out.
 */
@NullMarked
package io.ponder.worldmodels.wrappers;

import org.jspecify.annotations.NullMarked;
