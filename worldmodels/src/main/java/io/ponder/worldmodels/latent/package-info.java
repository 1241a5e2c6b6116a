/** Latent models that are learned for planning: MuZero and its family. */
@NullMarked
package io.ponder.worldmodels.latent;

import org.jspecify.annotations.NullMarked;
