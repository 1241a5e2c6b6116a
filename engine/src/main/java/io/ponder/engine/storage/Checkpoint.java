package io.ponder.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds a checkpoint that was found whole: its manifest and its open weights. Close it when the weights are read.
 *
 * @param manifest   what the weights are
 * @param weights    the open weights file
 * @param file       the manifest's file
 * @param generation number of the checkpoint in its folder, from 1
 * @param skipped    one sentence for every newer checkpoint that could not be used; empty as a rule
 */
public record Checkpoint(CheckpointManifest manifest, SafetensorsReader weights, Path file, long generation, List<String> skipped)
        implements Closeable {
    /** Copies the list. */
    public Checkpoint {
        skipped = List.copyOf(skipped);
    }

    @Override
    public void close() throws IOException {
        weights.close();
    }
}
