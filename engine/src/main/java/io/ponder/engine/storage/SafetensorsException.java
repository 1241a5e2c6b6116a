package io.ponder.engine.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Says why a file is not the safetensors file it should be. */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1;

    SafetensorsException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
