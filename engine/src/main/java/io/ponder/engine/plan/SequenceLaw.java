package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * States in numbers how the candidates of an iteration are drawn, so that an executor on another device draws them itself from the same
 * keys and no sequence has to travel. Number i of candidate k of a row is draw i of sample k at the row's key.
 *
 * <p>Owned by a planner, filled before every rollout, read by the executor, which answers with {@link #prices} and {@link #average}
 * where they were asked for. Memory is taken once. Not thread-safe.
 */
public final class SequenceLaw {
    /** How an entry of a sequence is made of its random number. */
    public enum Kind {
        /** Not stated: only the sampler knows. */
        UNSTATED,
        /** {@code clip(center + deviation * normal)}. */
        NORMAL,
        /** Uniform between the bounds. */
        UNIFORM
    }

    /** What a sequence costs by itself: a sum over its entries. */
    public enum Price {
        /** Nothing. */
        NONE,
        /** {@code price * entry}. */
        LINEAR,
        /** {@code price * |entry - center|}. */
        ABSOLUTE
    }

    private final int length;
    private final float[] low;
    private final float[] high;
    private final float[] center;
    private final float[] deviation;
    private final float[] entryPrice;
    private final float[] prices;
    private final float[] average;
    private Kind kind = Kind.UNSTATED;
    private Price price = Price.NONE;
    private float temperature;
    private float effectiveShare;
    private boolean averaged;

    /**
     * Creates a law that states nothing yet.
     *
     * @param rows       rows B
     * @param candidates most candidates K of a row
     * @param low        lowest actions {@code [A]}. Copied.
     * @param high       highest actions {@code [A]}. Copied.
     * @param horizon    steps T
     */
    public SequenceLaw(int rows, int candidates, float[] low, float[] high, int horizon) {
        Checks.same("length of high", high.length, "length of low", low.length);
        length = Math.multiplyExact(horizon, low.length);
        this.low = low.clone();
        this.high = high.clone();
        int entries = Math.multiplyExact(rows, length);
        center = new float[entries];
        deviation = new float[entries];
        entryPrice = new float[entries];
        prices = new float[Math.multiplyExact(rows, candidates)];
        average = new float[entries];
    }

    /** Forgets what was stated. Called before every iteration. */
    public void clear() {
        kind = Kind.UNSTATED;
        price = Price.NONE;
        averaged = false;
    }

    /** States that sequences are uniform between the bounds. */
    public void uniform() {
        kind = Kind.UNIFORM;
    }

    /** States the normal law of a row. */
    public void normal(int row, float[] rowCenter, float[] rowDeviation) {
        kind = Kind.NORMAL;
        System.arraycopy(rowCenter, 0, center, row * length, length);
        System.arraycopy(rowDeviation, 0, deviation, row * length, length);
    }

    /** States what the entries of a row's sequences cost; the executor writes {@link #prices}. */
    public void price(int row, Price newPrice, float[] rowPrice) {
        price = newPrice;
        System.arraycopy(rowPrice, 0, entryPrice, row * length, length);
    }

    /**
     * Asks for the average of the sequences, weighted by {@code exp(-cost / temperature - price)}, at a fixed temperature or at that
     * with an effective sample size of a share of the finite candidates.
     *
     * @param fixedTemperature used where {@code share} is 0
     * @param share            of the finite candidates, or 0
     */
    public void average(double fixedTemperature, double share) {
        temperature = (float) fixedTemperature;
        effectiveShare = (float) share;
        averaged = true;
    }

    /** Returns how entries are made. */
    public Kind kind() {
        return kind;
    }

    /** Returns what sequences cost by themselves. */
    public Price price() {
        return price;
    }

    /** Tells whether the average is asked for. */
    public boolean averaged() {
        return averaged;
    }

    /** Returns the fixed temperature. */
    public float temperature() {
        return temperature;
    }

    /** Returns the wanted effective share, 0 for a fixed temperature. */
    public float effectiveShare() {
        return effectiveShare;
    }

    /** Returns the entries T * A of a sequence. */
    public int length() {
        return length;
    }

    /** Copies centers, deviations and prices {@code [B x T x A]} each, then the bounds, into {@code out}; returns how many. */
    public int write(float[] out) {
        int entries = center.length;
        System.arraycopy(center, 0, out, 0, entries);
        System.arraycopy(deviation, 0, out, entries, entries);
        System.arraycopy(entryPrice, 0, out, 2 * entries, entries);
        System.arraycopy(low, 0, out, 3 * entries, low.length);
        System.arraycopy(high, 0, out, 3 * entries + low.length, high.length);
        return size();
    }

    /** Returns how many numbers {@link #write} writes. */
    public int size() {
        return 3 * center.length + 2 * low.length;
    }

    /** Returns the prices of the candidates {@code [B * K]}. Written by the executor where a price is stated. */
    public float[] prices() {
        return prices;
    }

    /** Returns the averages {@code [B x T x A]}. Written by the executor where they were asked for. */
    public float[] average() {
        return average;
    }

    @Override
    public String toString() {
        return kind + " of " + length + " entries within " + Arrays.toString(low) + " and " + Arrays.toString(high);
    }
}
