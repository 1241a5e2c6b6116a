/** Tests of embedding to logged transitions. */
@NullMarked
package io.ponder.examples.embedding;

import org.jspecify.annotations.NullMarked;
