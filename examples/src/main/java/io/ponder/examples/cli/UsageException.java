package io.ponder.examples.cli;

import org.jspecify.annotations.Nullable;

/**
 * Says what a user asked for and cannot have: a wrong option, an unknown name, a file that cannot be read. The command line prints
 * the message (one sentence with name, value and allowed values, then a line that begins with "Maybe") and exits with code 2.
 */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an error from its sentence and its advice; the advice is completed to a line that begins with "Maybe". */
    public UsageException(String sentence, String advice) {
        this(sentence + "\nMaybe " + advice, (Throwable) null);
    }

    /** Creates an error from a whole message, such as that of an argument check. */
    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
