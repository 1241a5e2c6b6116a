package io.ponder.examples.cli;

import io.ponder.engine.storage.AtomicWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure, before any work, that a file can be written, and writes it whole. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Returns the file, after its folder was made where it was missing and shown to be writable.
     *
     * @throws UsageException if the path is a folder or nothing can be written there
     */
    static Path prepare(String option, String value) {
        Path file = OutputFolder.path(option, value).toAbsolutePath();
        Path folder = file.getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new UsageException(option + " is '" + value + "', but it is a folder and it must be a file.", "add a file name.");
        }
        OutputFolder.prepare("The folder of " + option, folder.toString());
        return file;
    }

    /** Writes a text, replacing the file in one step. */
    static void write(Path file, String text) {
        try {
            AtomicWrite.writeString(file, text);
        } catch (IOException error) {
            throw new RunFailedException(file + " cannot be written: " + OutputFolder.reason(error) + ".\nMaybe free some space there.", error);
        }
    }
}
