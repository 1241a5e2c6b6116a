package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.data.RunningStatistics;
import java.util.Arrays;

/**
 * Means and scales of the rows of a block, taken from training data. Forks share them: refitting one refits all.
 *
 * <p>A row that is constant in the data gets scale 1, so that it stays finite.
 */
final class Standardisation {
    private final int rows;
    private final float[] mean;
    private final float[] scale;

    Standardisation(int rows) {
        this.rows = Checks.nonNegative("rows", rows);
        mean = new float[rows];
        scale = new float[rows];
        Arrays.fill(scale, 1);
    }

    float mean(int row) {
        return mean[row];
    }

    float scale(int row) {
        return scale[row];
    }

    /** Takes the statistics of a block {@code [rows x columns]}. */
    void fit(float[] x, int columns) {
        var statistics = new RunningStatistics(rows);
        statistics.addColumns(x, columns);
        statistics.readStandardisation(mean, scale);
    }

    /** Writes {@code (x - mean) / scale} of {@code blocks} blocks {@code [rows x columns]}; {@code out} may be {@code x}. */
    void apply(float[] x, int blocks, int columns, float[] out) {
        for (int block = 0; block < blocks; block++) {
            for (int d = 0; d < rows; d++) {
                int from = (block * rows + d) * columns;
                applyRow(x, from, mean[d], 1 / scale[d], out, columns);
            }
        }
    }

    private static void applyRow(float[] x, int from, float mean, float factor, float[] out, int columns) {
        for (int k = from; k < from + columns; k++) out[k] = (x[k] - mean) * factor;
    }

    /** Writes {@code x * scale + mean} of {@code blocks} blocks {@code [rows x columns]}; {@code out} may be {@code x}. */
    void invert(float[] x, int blocks, int columns, float[] out) {
        for (int block = 0; block < blocks; block++) {
            for (int d = 0; d < rows; d++) {
                int from = (block * rows + d) * columns;
                invertRow(x, from, mean[d], scale[d], out, columns);
            }
        }
    }

    private static void invertRow(float[] x, int from, float mean, float factor, float[] out, int columns) {
        for (int k = from; k < from + columns; k++) out[k] = x[k] * factor + mean;
    }

    /** Divides every row of the gradient {@code [rows x columns]} by its scale: the way back through {@link #apply}. */
    void applyBackward(float[] gradient, int columns) {
        for (int d = 0; d < rows; d++) {
            float factor = 1 / scale[d];
            for (int k = d * columns; k < (d + 1) * columns; k++) gradient[k] *= factor;
        }
    }

    void visitTensors(String name, TensorVisitor visitor) {
        if (rows == 0) return;
        visitor.visit(name + ".mean", new int[] {rows}, mean, 0);
        visitor.visit(name + ".scale", new int[] {rows}, scale, 0);
    }
}
