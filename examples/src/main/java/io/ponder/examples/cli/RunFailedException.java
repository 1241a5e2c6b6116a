package io.ponder.examples.cli;

import org.jspecify.annotations.Nullable;

/**
 * Says that a command was asked for correctly but could not finish: an experiment failed, the disk is full. The command line prints
 * the message and exits with code 1.
 */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates a failure from its message. */
    public RunFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
