package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import org.jspecify.annotations.Nullable;

/** Holds noise that was given from outside, to be used instead of drawn noise; none by default. */
final class RootNoise {
    private float @Nullable [] given;
    private int rows;

    /** Takes {@code [W x B]} draws, or null to draw again. */
    void give(float @Nullable [] noise, int width, int newRows) {
        if (noise != null) Checks.length("noise", noise, width * newRows, "edges of a root x rows");
        given = noise;
        rows = newRows;
    }

    boolean given() {
        return given != null;
    }

    /** Copies the noise of a row to consecutive places. */
    void copy(int row, float[] out, int offset, int count) {
        float[] noise = given;
        if (noise == null) return;
        for (int a = 0; a < count; a++) out[offset + a] = noise[a * rows + row];
    }
}
