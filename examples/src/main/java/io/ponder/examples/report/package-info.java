/**
 * Shows the records of a comparison: the table on the terminal, {@code results.csv}, {@code results.json} and the self-contained page
 * {@code report.html}. Reads {@code examples.comparison} and nothing else; runs nothing.
 */
@NullMarked
package io.ponder.examples.report;

import org.jspecify.annotations.NullMarked;
