package io.ponder.examples.comparison;

import java.util.Arrays;

/** Collects the times of planning calls of one experiment. Not thread-safe; grows as needed. */
public final class PlanTimes {
    private float[] millis = new float[1024];
    private int count;

    /** Adds the time of one call. */
    public void add(long nanos) {
        if (count == millis.length) millis = Arrays.copyOf(millis, 2 * count);
        millis[count++] = nanos / 1e6f;
    }

    /** Returns the number of calls. */
    public int count() {
        return count;
    }

    /** Returns the times in milliseconds from call {@code first} on, sorted. Allocates. */
    public double[] sortedMillis(int first) {
        double[] sorted = new double[count - first];
        for (int i = 0; i < sorted.length; i++) sorted[i] = millis[first + i];
        Arrays.sort(sorted);
        return sorted;
    }
}
