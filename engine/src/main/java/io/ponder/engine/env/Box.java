package io.ponder.engine.env;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Holds vectors of real numbers between two bounds per entry, both included; a bound may be infinite. */
public final class Box implements Space {
    private final float[] low;
    private final float[] high;

    /**
     * Creates a box.
     *
     * @param low  lower bound of every entry. Copied.
     * @param high upper bound of every entry. Copied.
     * @throws IllegalArgumentException if the lengths differ, are 0, or a lower bound is not at most its upper bound
     */
    public Box(float[] low, float[] high) {
        Checks.positive("length of low", low.length);
        Checks.same("length of low", low.length, "length of high", high.length);
        for (int i = 0; i < low.length; i++) {
            if (!(low[i] <= high[i])) {
                throw new IllegalArgumentException(
                        "low[" + i + "] is " + low[i] + ", but it must be at most high[" + i + "], which is " + high[i] + ".");
            }
        }
        this.low = low.clone();
        this.high = high.clone();
    }

    /** Returns the box of {@code size} entries from {@code low} to {@code high}. */
    public static Box of(int size, double low, double high) {
        float[] lows = new float[Checks.positive("size", size)];
        float[] highs = new float[size];
        Arrays.fill(lows, (float) low);
        Arrays.fill(highs, (float) high);
        return new Box(lows, highs);
    }

    /** Returns the box that reaches from {@code -limits[i]} to {@code limits[i]}. */
    public static Box symmetric(double... limits) {
        float[] lows = new float[limits.length];
        float[] highs = new float[limits.length];
        for (int i = 0; i < limits.length; i++) {
            highs[i] = (float) limits[i];
            lows[i] = -highs[i];
        }
        return new Box(lows, highs);
    }

    /** Returns the lower bound of entry {@code i}. */
    public float low(int i) {
        return low[i];
    }

    /** Returns the upper bound of entry {@code i}. */
    public float high(int i) {
        return high[i];
    }

    /** Returns a copy of the lower bounds. */
    public float[] low() {
        return low.clone();
    }

    /** Returns a copy of the upper bounds. */
    public float[] high() {
        return high.clone();
    }

    @Override
    public int size() {
        return low.length;
    }

    @Override
    public boolean contains(float[] values, int offset) {
        boolean inside = true;
        for (int i = 0; i < low.length; i++) {
            float value = values[offset + i];
            inside &= value >= low[i] && value <= high[i];
        }
        return inside;
    }

    /** Writes a uniform element; an entry with one infinite bound is exponential from the other, with two it is normal. */
    @Override
    public void sample(RandomGenerator random, float[] values, int offset) {
        for (int i = 0; i < low.length; i++) {
            boolean below = low[i] > Float.NEGATIVE_INFINITY;
            boolean above = high[i] < Float.POSITIVE_INFINITY;
            double value;
            if (below && above) value = low[i] + random.nextDouble() * ((double) high[i] - low[i]);
            else if (below) value = low[i] - Math.log(1 - random.nextDouble());
            else if (above) value = high[i] + Math.log(1 - random.nextDouble());
            else value = random.nextGaussian();
            values[offset + i] = Math.max(low[i], Math.min(high[i], (float) value));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box box && Arrays.equals(low, box.low) && Arrays.equals(high, box.high);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }

    @Override
    public String toString() {
        return "Box(" + Arrays.toString(low) + ", " + Arrays.toString(high) + ")";
    }
}
