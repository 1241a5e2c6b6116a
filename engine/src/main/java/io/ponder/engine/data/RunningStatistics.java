package io.ponder.engine.data;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Counts, means, standard deviations and ranges of D entries, in double, in one pass (Welford 1962; merged as in Chan, Golub and
 * LeVeque 1983). The standard deviation is that of the population (divided by the count, not by one less).
 *
 * <p>Not thread-safe; parts counted by several threads are {@link #merge}d. Adding allocates nothing.
 */
public final class RunningStatistics {
    /** Standard deviations below this fraction of the largest magnitude are float32 rounding, not spread. */
    private static final double RELATIVE_FLOOR = 1e-6;

    private final double[] mean;
    private final double[] squares;
    private final double[] minimum;
    private final double[] maximum;
    private long count;

    /** Creates empty statistics of {@code size} entries. */
    public RunningStatistics(int size) {
        mean = new double[Checks.positive("size", size)];
        squares = new double[size];
        minimum = new double[size];
        maximum = new double[size];
        clear();
    }

    /**
     * Returns statistics with the given contents, such as those of a checkpoint.
     *
     * @param standardDeviation {@code [D]}, of the population
     * @throws IllegalArgumentException if the lengths differ or a deviation is negative or NaN
     */
    public static RunningStatistics of(
            long count, double[] mean, double[] standardDeviation, double[] minimum, double[] maximum) {
        Checks.nonNegative("count", count);
        Checks.same("length of standardDeviation", standardDeviation.length, "length of mean", mean.length);
        Checks.same("length of minimum", minimum.length, "length of mean", mean.length);
        Checks.same("length of maximum", maximum.length, "length of mean", mean.length);
        var made = new RunningStatistics(mean.length);
        if (count == 0) return made;
        made.count = count;
        for (int d = 0; d < mean.length; d++) {
            double deviation = Checks.inRange("standardDeviation[" + d + "]", standardDeviation[d], 0, Double.MAX_VALUE);
            made.mean[d] = mean[d];
            made.squares[d] = deviation * deviation * count;
            made.minimum[d] = minimum[d];
            made.maximum[d] = maximum[d];
        }
        return made;
    }

    /** Forgets everything. */
    public void clear() {
        count = 0;
        Arrays.fill(mean, 0);
        Arrays.fill(squares, 0);
        Arrays.fill(minimum, Double.POSITIVE_INFINITY);
        Arrays.fill(maximum, Double.NEGATIVE_INFINITY);
    }

    /** Adds one sample {@code [D]}. */
    public void add(float[] sample) {
        Checks.length("sample", sample, mean.length, "the statistics");
        count++;
        for (int d = 0; d < mean.length; d++) addEntry(d, sample[d], count);
    }

    /** Adds {@code columns} samples {@code [D x columns]}. */
    public void addColumns(float[] samples, int columns) {
        addColumns(samples, 0, columns);
    }

    /** Adds {@code columns} samples {@code [D x columns]} that begin at {@code offset}. */
    public void addColumns(float[] samples, int offset, int columns) {
        Checks.length("samples", samples, offset + mean.length * columns, "offset + size x columns");
        for (int d = 0; d < mean.length; d++) {
            for (int k = 0; k < columns; k++) addEntry(d, samples[offset + d * columns + k], count + k + 1);
        }
        count += columns;
    }

    private void addEntry(int d, double value, long newCount) {
        double delta = value - mean[d];
        mean[d] += delta / newCount;
        squares[d] += delta * (value - mean[d]);
        minimum[d] = Math.min(minimum[d], value);
        maximum[d] = Math.max(maximum[d], value);
    }

    /** Adds everything that {@code other} has counted. */
    public void merge(RunningStatistics other) {
        Checks.same("size of the other statistics", other.mean.length, "size", mean.length);
        if (other.count == 0) return;
        long total = count + other.count;
        for (int d = 0; d < mean.length; d++) {
            double delta = other.mean[d] - mean[d];
            mean[d] += delta * other.count / total;
            squares[d] += other.squares[d] + delta * delta * ((double) count * other.count / total);
            minimum[d] = Math.min(minimum[d], other.minimum[d]);
            maximum[d] = Math.max(maximum[d], other.maximum[d]);
        }
        count = total;
    }

    /** Returns the entries D of a sample. */
    public int size() {
        return mean.length;
    }

    /** Returns the number of samples. */
    public long count() {
        return count;
    }

    /** Returns the mean of entry {@code d}; 0 without samples. */
    public double mean(int d) {
        return mean[d];
    }

    /** Returns the standard deviation of entry {@code d}; 0 without samples. */
    public double standardDeviation(int d) {
        return count == 0 ? 0 : Math.sqrt(squares[d] / count);
    }

    /**
     * Returns what entry {@code d} is divided by to standardise it: its standard deviation, or 1 where the entry is constant up to
     * float32 rounding, so that a constant stays finite.
     */
    public double scale(int d) {
        double deviation = standardDeviation(d);
        double magnitude = Math.max(Math.abs(minimum[d]), Math.abs(maximum[d]));
        return count > 0 && deviation > RELATIVE_FLOOR * magnitude && deviation >= Float.MIN_NORMAL ? deviation : 1;
    }

    /** Returns the least value of entry {@code d}; positive infinity without samples. */
    public double minimum(int d) {
        return minimum[d];
    }

    /** Returns the largest value of entry {@code d}; negative infinity without samples. */
    public double maximum(int d) {
        return maximum[d];
    }

    /** Writes means and scales as floats, {@code [D]} each. */
    public void readStandardisation(float[] means, float[] scales) {
        for (int d = 0; d < mean.length; d++) {
            means[d] = (float) mean[d];
            scales[d] = (float) scale(d);
        }
    }
}
