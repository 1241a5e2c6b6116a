/**
 * What people see of Ponder: environments, comparisons, reports, evidence, benchmarks and the command line. Here lies only what
 * several of these share.
 */
@NullMarked
package io.ponder.examples;

import org.jspecify.annotations.NullMarked;
