/**
 * Compares planners: which {@link io.ponder.examples.comparison.ExperimentKey experiments} a
 * {@link io.ponder.examples.comparison.CompareSettings comparison} is made of, how they run side by side, and the plain records of what
 * came out of them. Knows nothing of the command line or of pages; {@code examples.report} shows these records.
 */
@NullMarked
package io.ponder.examples.comparison;

import org.jspecify.annotations.NullMarked;
