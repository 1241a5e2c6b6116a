package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Rolls a whole batch out in one launch, the horizon loop inside. A group of work items rolls a tile out: {@link #GROUP} samples of
 * one row (a sample is a candidate and a particle), and of one member of an ensemble where a member steps whole rollouts. In a second pass
 * of the same launch, where asked for, groups average the sequences ({@link AveragingKernel}).
 *
 * <p>The bodies of {@link #run} and of what it calls are translated to OpenCL C from the byte code, so they keep to the part of Java that
 * can be: no boolean fields, no switch, no break, no objects, scalar fields only read.
 */
abstract class RolloutKernel extends AveragingKernel {
    private static final float RADIANS_PER_WORD = (float) (2 * Math.PI / 4294967296.0);

    RolloutKernel(Arrays arrays, int rowsOfModel) {
        super(arrays, rowsOfModel);
    }

    /**
     * Steps the states of a tile, in rows {@link #stateRow} and on, by the actions in rows {@link #ACTION} and on; writes rows
     * {@link #REWARD} and {@link #DISCOUNT}.
     *
     * @param row   row of the batch
     * @param first first sample; the next ones follow at distance {@link #stride}
     * @param count samples, at most {@link #GROUP}
     * @param t     step
     */
    abstract void step(int row, int first, int count, int t);

    /** What a subclass does in its {@code run}: the first pass rolls a tile out, the second averages. */
    final void runPass(int tile) {
        if (getPassId() == 0) rollOut(deep1(tile));
        else averageSequences();
    }

    // Aparapi orders the functions it writes by passes over all calls, moving what is called behind what calls it, and stops after the
    // pass that finds the last function. A chain deeper than any real one gives it passes enough; the device's compiler removes it.
    private int deep1(int x) {
        return deep2(x);
    }

    private int deep2(int x) {
        return deep3(x);
    }

    private int deep3(int x) {
        return deep4(x);
    }

    private int deep4(int x) {
        return deep5(x);
    }

    private int deep5(int x) {
        return deep6(x);
    }

    private int deep6(int x) {
        return deep7(x);
    }

    private int deep7(int x) {
        return deep8(x);
    }

    private int deep8(int x) {
        return deep9(x);
    }

    private int deep9(int x) {
        return deep10(x);
    }

    private int deep10(int x) {
        return deep11(x);
    }

    private int deep11(int x) {
        return deep12(x);
    }

    private int deep12(int x) {
        return x;
    }

    /** Returns the place of the first row of the state. */
    final int stateRow() {
        return ACTION + actionSize * GROUP;
    }

    /** Returns the member of an ensemble that a tile stands for; 0 where members do not step whole rollouts. */
    final int memberOfTile(int tile) {
        return tile / tilesPerPart % stride;
    }

    private void rollOut(int tile) {
        int part = tile / tilesPerPart;
        int row = part / stride;
        int member = part - row * stride;
        int perRow = candidates * particles;
        int first = (tile - part * tilesPerPart) * GROUP * stride + (member - keys[4 * rows + row] + stride) % stride;
        int count = min(GROUP, (perRow - first + stride - 1) / stride);
        if (first >= perRow) count = 0;
        begin(row, count);
        if (drawing == DRAW_NORMAL) drawNormals(tile, row, first, count);
        if (drawing == DRAW_UNIFORM) drawUniforms(tile, row, first, count);
        for (int t = 0; t < horizon; t++) {
            fetchActions(tile, row, first, count, t);
            step(row, first, count, t);
            account(count);
        }
        addTerminalValue(count);
        int at = row * perRow + first;
        for (int i = getLocalId(); i < count; i += items()) returns[at + i * stride] = lane[TOTAL + i];
        if (pricing != PRICE_NONE) {
            for (int i = getLocalId(); i < count; i += items()) {
                int sample = first + i * stride;
                if (sample % particles == 0) prices[row * candidates + sample / particles] = lane[PRICE + i];
            }
        }
    }

    private void begin(int row, int count) {
        for (int i = getLocalId(); i < count; i += items()) {
            lane[TOTAL + i] = 0;
            lane[WEIGHT + i] = 1;
            lane[PRICE + i] = 0;
            lane[POISON + i] = 0;
        }
        int states = stateRow();
        for (int d = 0; d < stateSize; d++) {
            float root = roots[d * rows + row];
            for (int i = getLocalId(); i < count; i += items()) lane[states + d * GROUP + i] = root;
        }
    }

    /** Adds the reward of a step to the sums. What a model says after the end of an episode (weight 0) does not count, not even a NaN. */
    private void account(int count) {
        int states = stateRow();
        for (int d = 0; d < stateSize; d++) {
            int at = states + d * GROUP;
            for (int i = getLocalId(); i < count; i += items()) {
                lane[POISON + i] = lane[POISON + i] + poisonOf(lane[at + i]);
            }
        }
        for (int i = getLocalId(); i < count; i += items()) {
            float weight = lane[WEIGHT + i];
            float gain = weight * lane[REWARD + i] + lane[POISON + i];
            float kept = weight * (lane[DISCOUNT + i] * discountFactor);
            if (weight == 0) {
                gain = 0;
                kept = 0;
            }
            lane[TOTAL + i] = lane[TOTAL + i] + gain;
            lane[WEIGHT + i] = kept;
        }
    }

    /** Writes the values of the last states to row {@link #REWARD}. */
    void terminalValues(int count) {
        for (int i = getLocalId(); i < count; i += items()) lane[REWARD + i] = 0;
    }

    private void addTerminalValue(int count) {
        terminalValues(count);
        for (int i = getLocalId(); i < count; i += items()) {
            float gain = lane[WEIGHT + i] * lane[REWARD + i];
            if (lane[WEIGHT + i] == 0) gain = 0;
            lane[TOTAL + i] = lane[TOTAL + i] + gain;
        }
    }

    /** Returns NaN for a NaN and 0 for everything else: minima and maxima of a device drop the NaN that Java would keep. */
    static float poisonOf(float x) {
        float poison = 0;
        if (x != x) poison = x;
        return poison;
    }

    /** Puts the actions of a step in place and adds their prices. */
    private void fetchActions(int tile, int row, int first, int count, int t) {
        int length = horizon * actionSize;
        for (int a = 0; a < actionSize; a++) {
            int entry = t * actionSize + a;
            int to = ACTION + a * GROUP;
            if (drawing == DRAW_GIVEN) fetchGiven(entry, row, first, count, to);
            else {
                int from = (entry * tiles + tile) * GROUP;
                for (int i = getLocalId(); i < count; i += items()) lane[to + i] = drawn[from + i];
            }
            for (int i = getLocalId(); i < count; i += items()) {
                lane[POISON + i] = lane[POISON + i] + poisonOf(lane[to + i]);
            }
            if (pricing != PRICE_NONE) charge(2 * rows * length + row * length + entry, row * length + entry, to, count);
        }
    }

    private void fetchGiven(int entry, int row, int first, int count, int to) {
        int from = (entry * rows + row) * candidates;
        if (particles == 1 && stride == 1) {
            for (int i = getLocalId(); i < count; i += items()) lane[to + i] = actions[from + first + i];
        } else {
            for (int i = getLocalId(); i < count; i += items()) {
                lane[to + i] = actions[from + (first + i * stride) / particles];
            }
        }
    }

    private void charge(int priceAt, int centerAt, int to, int count) {
        float price = law[priceAt];
        float center = law[centerAt];
        if (pricing == PRICE_LINEAR) {
            for (int i = getLocalId(); i < count; i += items()) lane[PRICE + i] = lane[PRICE + i] + price * lane[to + i];
        } else {
            for (int i = getLocalId(); i < count; i += items()) {
                lane[PRICE + i] = lane[PRICE + i] + price * abs(lane[to + i] - center);
            }
        }
    }

    /** Returns a value within {@code -limit .. limit}. */
    final float clip(float value, float limit) {
        return max(-limit, min(limit, value));
    }

    /** Returns 1 where a value is at most 0, else 0. */
    static float withinLimit(float excess) {
        float within = 1;
        if (excess > 0) within = 0;
        return within;
    }

    private void drawNormals(int tile, int row, int first, int count) {
        int length = horizon * actionSize;
        for (int entry = 0; entry < length; entry += 2) {
            normalPairs(keys[row], keys[rows + row], first, particles, count, entry >>> 1);
            placeCosines(tile, row, entry, count);
            if (entry + 1 < length) placeSines(tile, row, entry + 1, count);
        }
    }

    // One loop for each half of the pairs: of two that look alike in one loop the compiler makes a pair, and no SIMD code of the loop.
    private void placeCosines(int tile, int row, int entry, int count) {
        int length = horizon * actionSize;
        int a = entry % actionSize;
        float low = law[3 * rows * length + a];
        float high = law[3 * rows * length + actionSize + a];
        float center = law[row * length + entry];
        float deviation = law[rows * length + row * length + entry];
        int to = (entry * tiles + tile) * GROUP;
        for (int i = getLocalId(); i < count; i += items()) {
            float z = lane[RADIUS + i] * FloatMath.cosine(lane[ANGLE + i]);
            drawn[to + i] = max(low, min(high, center + deviation * z));
        }
    }

    private void placeSines(int tile, int row, int entry, int count) {
        int length = horizon * actionSize;
        int a = entry % actionSize;
        float low = law[3 * rows * length + a];
        float high = law[3 * rows * length + actionSize + a];
        float center = law[row * length + entry];
        float deviation = law[rows * length + row * length + entry];
        int to = (entry * tiles + tile) * GROUP;
        for (int i = getLocalId(); i < count; i += items()) {
            float z = lane[RADIUS + i] * FloatMath.sine(lane[ANGLE + i]);
            drawn[to + i] = max(low, min(high, center + deviation * z));
        }
    }

    /** Writes radius and angle of the normals of block {@code draw}: their cosine and sine halves are the two normals. */
    final void normalPairs(int key0, int key1, int first, int share, int count, int draw) {
        if (share == 1 && stride == 1) {
            for (int i = getLocalId(); i < count; i += items()) {
                long block = CounterRandom.finish(key0, key1, CounterRandom.begin(key0, key1, first + i, draw));
                lane[RADIUS + i] = radius((int) block);
                lane[ANGLE + i] = (int) (block >>> 32) * RADIANS_PER_WORD;
            }
        } else {
            for (int i = getLocalId(); i < count; i += items()) {
                int sample = (first + i * stride) / share;
                long block = CounterRandom.finish(key0, key1, CounterRandom.begin(key0, key1, sample, draw));
                lane[RADIUS + i] = radius((int) block);
                lane[ANGLE + i] = (int) (block >>> 32) * RADIANS_PER_WORD;
            }
        }
    }

    /**
     * Returns {@code sqrt(-2 log u)} of the uniform u of a word, within 3e-7 of its size. The uniform is a whole number n below 2^24 times
     * 2^-24; with n = f 2^e and f near 1, log f is the series of the area tangent at (f - 1) / (f + 1).
     */
    final float radius(int word) {
        int odd = 2 * (word >>> 9) + 1;
        int shift = clz(odd) - 8;
        float f = (odd << shift) * 1.1920929e-7f;
        float halved = 0;
        if (f > 1.4142135f) halved = 1;
        f = f * (1 - 0.5f * halved);
        float octaves = shift + 1 - halved;
        float x = (f - 1) / (f + 1);
        float y = x * x;
        float series = 2 * x * (1 + y * (0.33333333f + y * (0.2f + y * (0.14285714f + y * 0.11111111f))));
        return sqrt(2 * (octaves * LN2 - series));
    }

    private void drawUniforms(int tile, int row, int first, int count) {
        int length = horizon * actionSize;
        int key0 = keys[row];
        int key1 = keys[rows + row];
        for (int entry = 0; entry < length; entry++) {
            int a = entry % actionSize;
            float low = law[3 * rows * length + a];
            float range = law[3 * rows * length + actionSize + a] - low;
            int to = (entry * tiles + tile) * GROUP;
            int moved = 32 * (entry & 1);
            int draw = entry >>> 1;
            for (int i = getLocalId(); i < count; i += items()) {
                int candidate = (first + i * stride) / particles;
                long block = CounterRandom.finish(key0, key1, CounterRandom.begin(key0, key1, candidate, draw));
                drawn[to + i] = low + range * CounterRandom.uniform((int) (block >>> moved));
            }
        }
    }
}
