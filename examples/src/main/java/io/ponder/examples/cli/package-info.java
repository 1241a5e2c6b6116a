/**
 * The {@code ponder} command line. {@link io.ponder.examples.cli.Ponder} is the root; every command is one class that parses its
 * options, checks all of them before anything runs, and hands the work to another package. What a user did wrong is a
 * {@link io.ponder.examples.cli.UsageException}: one sentence, a line that begins with "Maybe", exit code 2, no stack trace.
 */
@NullMarked
package io.ponder.examples.cli;

import org.jspecify.annotations.NullMarked;
