package io.ponder.examples.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes sure, before any work, that a folder can take the files of a run. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Returns the folder, created where it was missing, after a file was written to it and removed again.
     *
     * @throws UsageException if the path is not a folder or nothing can be written there
     */
    public static Path prepare(String option, String value) {
        Path folder = path(option, value);
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".ponder", ".probe");
            try {
                Files.write(probe, new byte[4096]);
            } finally {
                Files.delete(probe);
            }
            return folder;
        } catch (FileAlreadyExistsException notAFolder) {
            throw new UsageException(
                    option + " is '" + value + "', but " + notAFolder.getFile() + " is a file and it must be a folder.",
                    "name another folder, such as ponder-results.");
        } catch (AccessDeniedException denied) {
            throw new UsageException(
                    option + " is '" + value + "', but nothing can be written there: no permission for " + denied.getFile() + ".",
                    "name a folder of your own, such as ponder-results.");
        } catch (IOException other) {
            if (!Files.exists(folder)) {
                throw new UsageException(
                        option + " is '" + value + "', but that does not exist and cannot be made: " + takesNothing(folder, other) + ".",
                        "name a folder of your own, such as ponder-results.");
            }
            throw new UsageException(
                    option + " is '" + value + "', but it must be a folder that can be written to: " + reason(other) + ".",
                    "name a folder of your own, such as ponder-results, on a disk with space.");
        }
    }

    /** Says why a folder cannot be made: the nearest folder above it that exists takes no other. */
    private static String takesNothing(Path folder, IOException error) {
        Path parent = folder.toAbsolutePath().getParent();
        while (parent != null && !Files.exists(parent)) parent = parent.getParent();
        String why = error instanceof NoSuchFileException ? "" : " (" + reason(error) + ")";
        return "no folder can be made in " + (parent == null ? "its place" : parent) + why;
    }

    /** Returns the path that a value names. */
    public static Path path(String option, String value) {
        if (!value.isBlank()) {
            try {
                return Path.of(value);
            } catch (InvalidPathException invalid) {
                // Reported below, as a blank value is.
            }
        }
        throw new UsageException(
                option + " is '" + value.replace('\0', '?') + "', but it must be a path.", "name a folder such as ponder-results.");
    }

    /** Returns the reason of a file error without Java's class names. */
    public static String reason(IOException error) {
        if (error instanceof NoSuchFileException) return "it does not exist";
        if (error instanceof AccessDeniedException) return "no permission";
        if (error instanceof java.nio.file.FileSystemException file && file.getReason() != null) return file.getReason();
        return error.getMessage() == null ? "input or output failed" : error.getMessage();
    }
}
