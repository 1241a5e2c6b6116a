package io.ponder.engine.model;

import io.ponder.engine.Checks;

/**
 * Holds the imagined states of a batch, {@code [stateSize x K]} floats and {@code [tagSize x K]} integers, column index fastest.
 *
 * <p>What the rows mean is the model's business; planners only copy, gather and repeat columns. The arrays are dense in the current
 * number of columns: entry {@code (d, k)} is {@code values[d * columns + k]}.
 *
 * <p>Memory is taken once, for {@code capacity} columns. Not thread-safe: one thread writes a state at a time.
 */
public final class ModelState {
    private final int stateSize;
    private final int tagSize;
    private final int capacity;
    private final float[] values;
    private final int[] tags;
    private int columns;

    /** Creates an empty state for up to {@code capacity} columns. */
    public ModelState(ModelSpec spec, int capacity) {
        this.stateSize = spec.stateSize();
        this.tagSize = spec.tagSize();
        this.capacity = Checks.positive("capacity", capacity);
        this.values = new float[Math.multiplyExact(stateSize, capacity)];
        this.tags = new int[Math.multiplyExact(tagSize, capacity)];
    }

    /** Returns the float rows of a column. */
    public int stateSize() {
        return stateSize;
    }

    /** Returns the integer rows of a column. */
    public int tagSize() {
        return tagSize;
    }

    /** Returns the largest number of columns. */
    public int capacity() {
        return capacity;
    }

    /** Returns the current number of columns K. */
    public int columns() {
        return columns;
    }

    /** Sets the number of columns; the contents are undefined afterwards unless the number did not change. */
    public ModelState resize(int newColumns) {
        columns = Checks.inRange("columns", newColumns, 0, capacity);
        return this;
    }

    /** Returns the float entries {@code [stateSize x K]} themselves. Modified by whoever steps the model. */
    public float[] values() {
        return values;
    }

    /** Returns the integer entries {@code [tagSize x K]} themselves. Modified by whoever steps the model. */
    public int[] tags() {
        return tags;
    }

    /** Makes this a copy of {@code source}. */
    public void copyFrom(ModelState source) {
        requireShape(source);
        resize(source.columns);
        System.arraycopy(source.values, 0, values, 0, stateSize * columns);
        System.arraycopy(source.tags, 0, tags, 0, tagSize * columns);
    }

    /** Makes column j of this state a copy of column {@code index[j]} of {@code source}, for j below {@code count}. */
    public void gather(ModelState source, int[] index, int count) {
        requireShape(source);
        resize(count);
        for (int d = 0; d < stateSize; d++) {
            int from = d * source.columns;
            int to = d * count;
            for (int j = 0; j < count; j++) values[to + j] = source.values[from + index[j]];
        }
        for (int d = 0; d < tagSize; d++) {
            int from = d * source.columns;
            int to = d * count;
            for (int j = 0; j < count; j++) tags[to + j] = source.tags[from + index[j]];
        }
    }

    /**
     * Makes this state the columns {@code first .. first + count - 1} of the batch in which every column of {@code source} stands
     * {@code times} times in a row: column j is column {@code (first + j) / times} of the source.
     */
    public void repeat(ModelState source, int times, int first, int count) {
        requireShape(source);
        resize(count);
        for (int d = 0; d < stateSize; d++) repeatRow(source.values, d * source.columns, values, d * count, times, first, count);
        for (int d = 0; d < tagSize; d++) {
            for (int j = 0; j < count; j++) tags[d * count + j] = source.tags[d * source.columns + (first + j) / times];
        }
    }

    private static void repeatRow(float[] from, int fromOffset, float[] to, int toOffset, int times, int first, int count) {
        int j = 0;
        while (j < count) {
            int column = (first + j) / times;
            int end = Math.min(count, (column + 1) * times - first);
            java.util.Arrays.fill(to, toOffset + j, toOffset + end, from[fromOffset + column]);
            j = end;
        }
    }

    private void requireShape(ModelState source) {
        Checks.same("stateSize of the source", source.stateSize, "stateSize", stateSize);
        Checks.same("tagSize of the source", source.tagSize, "tagSize", tagSize);
    }
}
