package io.ponder.examples.evidence;

import io.ponder.engine.storage.SafetensorsException;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Computes the extrapolated value of the pendulum once and keeps it in a file. Safe for several threads. */
final class StoredGrid {
    /** Points along a side of the coarse grid; the fine one has twice as many. */
    static final int POINTS = 241;
    /** Steps of an episode. */
    static final int STEPS = 200;

    private static final String TENSOR = "value";

    private final Path file;
    private @Nullable PendulumGrid grid;

    StoredGrid(Path folder) {
        file = folder.resolve("pendulum-value-" + POINTS + ".safetensors");
    }

    /** Returns the value, from memory, from the file, or computed. */
    synchronized PendulumGrid get() throws IOException {
        PendulumGrid found = grid;
        if (found == null) found = read();
        if (found == null) {
            found = PendulumGrid.extrapolated(PendulumGrid.solve(POINTS, STEPS), PendulumGrid.solve(2 * POINTS - 1, STEPS));
            new SafetensorsWriter().add(TENSOR, new int[] {POINTS, POINTS}, found.values()).write(file);
        }
        grid = found;
        return found;
    }

    private @Nullable PendulumGrid read() throws IOException {
        if (!Files.exists(file)) return null;
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            float[] values = reader.readFloats(TENSOR);
            return values.length == POINTS * POINTS ? new PendulumGrid(POINTS, values) : null;
        } catch (SafetensorsException damaged) {
            return null;
        }
    }
}
