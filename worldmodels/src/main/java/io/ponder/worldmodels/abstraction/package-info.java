/**
 * Abstract actions: a low-level policy that only does what a model can predict, and models and plans over its latent actions (predictable
 * MDP abstraction; Park and Levine 2023).
 */
@NullMarked
package io.ponder.worldmodels.abstraction;

import org.jspecify.annotations.NullMarked;
