/**
 * Measures what {@code ./ponder bench} reports. A {@link io.ponder.examples.bench.BenchCase} lists its measurements; a
 * {@link io.ponder.examples.bench.Stopwatch} warms up, repeats and takes the runs; the table and the JSON lines show median, least and
 * greatest of them. Nothing here is asserted in a test: machines are noisy, and a ratio taken in one run says more than a lone time.
 */
@NullMarked
package io.ponder.examples.bench;

import org.jspecify.annotations.NullMarked;
