/** Tests of fitting to logged transitions. */
@NullMarked
package io.ponder.examples.fitting;

import org.jspecify.annotations.NullMarked;
