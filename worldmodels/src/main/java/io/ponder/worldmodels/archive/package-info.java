/** Learned models on disk: weights as safetensors, everything else in the manifest of a checkpoint. */
@NullMarked
package io.ponder.worldmodels.archive;

import org.jspecify.annotations.NullMarked;
