package io.ponder.engine.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says why a checkpoint cannot be used: the file, what is wrong with it, and in a second line what may help. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates an exception with a message of one sentence, and optionally a line that begins with "Maybe". */
    public CheckpointException(String message) {
        this(message, null);
    }

    /** Creates an exception with its cause. */
    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
