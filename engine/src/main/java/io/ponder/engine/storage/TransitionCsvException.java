package io.ponder.engine.storage;

import java.io.IOException;

/** Says which line, column and value of a file of logged transitions cannot be read, and why. */
public final class TransitionCsvException extends IOException {
    private static final long serialVersionUID = 1;

    TransitionCsvException(String message) {
        super(message);
    }
}
