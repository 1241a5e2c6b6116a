/**
 * Training of agents that plan with what they learn: one table of options, a preset for every method and environment, and the run that
 * writes curve, events, and checkpoints.
 */
@NullMarked
package io.ponder.examples.training;

import org.jspecify.annotations.NullMarked;
