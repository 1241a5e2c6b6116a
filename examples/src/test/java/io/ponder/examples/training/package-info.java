/** Tests of training: exact resumption, presets, files, and what is said where something is wrong. */
@NullMarked
package io.ponder.examples.training;

import org.jspecify.annotations.NullMarked;
