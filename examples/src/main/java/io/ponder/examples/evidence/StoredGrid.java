package io.ponder.examples.evidence;

import io.ponder.engine.storage.SafetensorsException;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Computes the values of the pendulum on two grids once and keeps them in a file. Safe for several threads. */
final class StoredGrid {
    /** Points along a side of the coarse grid; the fine one has twice as many, less one. */
    static final int POINTS = 241;
    /** Steps of an episode. */
    static final int STEPS = 200;

    private final Path file;
    private @Nullable PendulumGrid coarse;
    private @Nullable PendulumGrid fine;

    StoredGrid(Path folder) {
        file = folder.resolve("pendulum-value-" + POINTS + ".safetensors");
    }

    /** Returns the best estimate of the value, to score against. Its errors are small but have both signs. */
    PendulumGrid extrapolated() throws IOException {
        PendulumGrid better = fine();
        synchronized (this) {
            return PendulumGrid.extrapolated(java.util.Objects.requireNonNull(coarse), better);
        }
    }

    /**
     * Returns the value on the fine grid, to plan with: it is too low everywhere, while a planner would run after the places where the
     * extrapolated one is too high.
     */
    synchronized PendulumGrid fine() throws IOException {
        PendulumGrid found = fine;
        if (found != null) return found;
        if (read()) return java.util.Objects.requireNonNull(fine);
        coarse = PendulumGrid.solve(POINTS, STEPS);
        found = PendulumGrid.solve(2 * POINTS - 1, STEPS);
        fine = found;
        int side = found.points();
        new SafetensorsWriter()
                .add("coarse", new int[] {POINTS, POINTS}, coarse.values())
                .add("fine", new int[] {side, side}, found.values())
                .write(file);
        return found;
    }

    private boolean read() throws IOException {
        if (!Files.exists(file)) return false;
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            float[] low = reader.readFloats("coarse");
            float[] high = reader.readFloats("fine");
            int side = 2 * POINTS - 1;
            if (low.length != POINTS * POINTS || high.length != side * side) return false;
            coarse = new PendulumGrid(POINTS, low);
            fine = new PendulumGrid(side, high);
            return true;
        } catch (SafetensorsException damaged) {
            return false;
        }
    }
}
