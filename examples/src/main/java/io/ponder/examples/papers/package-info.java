/**
 * The methods of papers, each shown by an experiment: an {@link io.ponder.examples.papers.Experiment} runs a method, its baselines and
 * its controls (the method with its mechanism switched off) on the same seeds, and says what must hold. It passes where the method
 * reaches every threshold and every control misses one. {@code ./ponder evidence} runs them.
 *
 * <p>A new row is one class here with a static method that returns its {@code Experiment}, listed in
 * {@link io.ponder.examples.papers.Experiments}; the methods themselves live in the libraries, never here.
 */
@NullMarked
package io.ponder.examples.papers;

import org.jspecify.annotations.NullMarked;
