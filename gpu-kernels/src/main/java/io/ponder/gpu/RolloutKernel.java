package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Rolls a whole batch out in one launch, the horizon loop inside. A group of work items rolls a <i>tile</i> out: {@link #GROUP} samples of
 * one row (a sample is a candidate and a particle), and of one member of an ensemble where a member steps whole rollouts. In a second pass
 * of the same launch, where asked for, groups average the sequences with the weights of MPPI.
 *
 * <p>All work is in loops over the samples of a tile, {@code for (i = getLocalId(); i < count; i += items())}, on rows of
 * {@link #lane}. On a GPU a group has an item for each sample and each loop is one step; on a processor a group is one item, and the
 * driver's compiler makes SIMD code of the loops. What a loop writes for sample i only the same loop index reads, so that no barriers are
 * needed but in the sums over a group.
 *
 * <p>The bodies of {@link #run} and of what it calls are translated to OpenCL C from the byte code, so they keep to the part of Java that
 * can be: no boolean fields, no switch, no break, no objects, scalar fields only read. The host writes sizes and arrays before a launch.
 */
@SuppressWarnings("this-escape")
abstract class RolloutKernel extends ActivationKernel {
    /** Most entries of a state. */
    static final int MOST_STATE = 32;
    /** Most entries of an action. */
    static final int MOST_ACTION = 16;

    static final int DRAW_GIVEN = 0;
    static final int DRAW_NORMAL = 1;
    static final int DRAW_UNIFORM = 2;

    static final int PRICE_NONE = 0;
    static final int PRICE_LINEAR = 1;
    static final int PRICE_ABSOLUTE = 2;

    // Rows of a tile in local memory: sums of a rollout, outcome of a step, a pair of normals before they are turned, entries of an action.
    static final int TOTAL = 0;
    static final int WEIGHT = GROUP;
    static final int PRICE = 2 * GROUP;
    static final int POISON = 3 * GROUP;
    static final int REWARD = 4 * GROUP;
    static final int DISCOUNT = 5 * GROUP;
    static final int RADIUS = 6 * GROUP;
    static final int ANGLE = 7 * GROUP;
    static final int ACTION = 8 * GROUP;
    /** Rows before those of the action. */
    static final int FIXED_ROWS = 8;

    private static final float RADIANS_PER_WORD = (float) (2 * Math.PI / 4294967296.0);

    // The bisection of the temperature, as MPPI on the host has it.
    private static final float OCTAVES = 20;
    private static final int HALVINGS = 13;
    private static final float LN2 = 0.6931472f;

    /** Words of a row in {@link #keys}: those of the actions, those of the model, offset of the ensemble's members. */
    static final int KEY_WORDS = 5;

    int rows;
    int candidates;
    int particles;
    int horizon;
    int actionSize;
    int stateSize;
    int drawing;
    int pricing;
    float shareWanted;
    float fixedTemperature;
    float discountFactor;
    /** Distance between the samples of a tile: the members of an ensemble where one steps a whole rollout, else 1. */
    int stride;
    /** Tiles of a row and a member. */
    int tilesPerPart;
    /** Groups of the launch: tiles. */
    int tiles;
    /** Groups that average sequences in the second pass. */
    int averagers;

    /** Root states {@code [stateSize x B]}. */
    final float[] roots;
    /** Random keys {@code [KEY_WORDS x B]}. */
    final int[] keys;
    /** Sequences {@code [T x A x (B * K)]} where they are given. */
    final float[] actions;
    /** Sequences that were drawn {@code [T x A x (tiles * GROUP)]}; stays on the device. */
    final float[] drawn;
    /** What sequences are drawn from: centers, deviations and prices, each {@code [B x T x A]}, then lows and highs {@code [A]}. */
    final float[] law;
    /** Numbers of the model: weights or constants. */
    final float[] weights;
    /** Whole numbers of the model. */
    final int[] shape;
    /** Returns {@code [B * K * P]}. */
    final float[] returns;
    /** Prices of the sequences {@code [B * K]}. */
    final float[] prices;
    /** Weighted averages of the sequences {@code [B x T x A]}. */
    final float[] average;
    /** Returns and then weights of a row's candidates {@code [averagers x 2 x K]}; stays on the device. */
    final float[] likelihoods;

    /** Rows of {@link #GROUP} numbers: those named above, the action, the state, what the model needs. */
    @Local
    final float[] lane;

    RolloutKernel(Arrays arrays, int rowsOfModel) {
        roots = arrays.roots();
        keys = arrays.keys();
        actions = arrays.actions();
        drawn = arrays.drawn();
        law = arrays.law();
        weights = arrays.weights();
        shape = arrays.shape();
        returns = arrays.returns();
        prices = arrays.prices();
        average = arrays.average();
        likelihoods = arrays.likelihoods();
        lane = new float[GROUP * (FIXED_ROWS + rowsOfModel)];
    }

    /** The arrays that a kernel shares with the host; none is empty. */
    record Arrays(
            float[] roots,
            int[] keys,
            float[] actions,
            float[] drawn,
            float[] law,
            float[] weights,
            int[] shape,
            float[] returns,
            float[] prices,
            float[] average,
            float[] likelihoods) {}

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

    /** Returns the items of a group: as a function of its own an {@code int}, with which loops cannot wrap around and become SIMD code. */
    final int items() {
        return getLocalSize();
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
                long block = KernelRandom.finish(key0, key1, KernelRandom.begin(key0, key1, first + i, draw));
                lane[RADIUS + i] = radius((int) block);
                lane[ANGLE + i] = (int) (block >>> 32) * RADIANS_PER_WORD;
            }
        } else {
            for (int i = getLocalId(); i < count; i += items()) {
                int sample = (first + i * stride) / share;
                long block = KernelRandom.finish(key0, key1, KernelRandom.begin(key0, key1, sample, draw));
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
                long block = KernelRandom.finish(key0, key1, KernelRandom.begin(key0, key1, candidate, draw));
                drawn[to + i] = low + range * CounterRandom.uniform((int) (block >>> moved));
            }
        }
    }

    /** Averages the sequences: each averaging group takes an equal share of their entries. */
    private void averageSequences() {
        int spacing = tiles / averagers;
        int group = getGroupId();
        int averager = group / spacing;
        if (group - averager * spacing == 0 && averager < averagers) {
            int length = horizon * actionSize;
            int from = averager * rows * length / averagers;
            int to = (averager + 1) * rows * length / averagers;
            for (int row = from / length; row * length < to; row++) {
                float sum = weigh(row, 2 * averager * candidates);
                for (int entry = max(0, from - row * length); entry < min(length, to - row * length); entry++) {
                    averageEntry(row, entry, (2 * averager + 1) * candidates, sum);
                }
            }
        }
    }

    private void averageEntry(int row, int entry, int slot, float sum) {
        fill(TOTAL, 0);
        if (particles == 1 && stride == 1) {
            int at = (entry * tiles + row * tilesPerPart) * GROUP;
            for (int base = 0; base < candidates; base += GROUP) {
                int count = min(GROUP, candidates - base);
                for (int i = getLocalId(); i < count; i += items()) {
                    lane[TOTAL + i] = lane[TOTAL + i] + likelihoods[slot + base + i] * drawn[at + base + i];
                }
            }
        } else {
            for (int k = getLocalId(); k < candidates; k += items()) {
                int i = k % GROUP;
                lane[TOTAL + i] = lane[TOTAL + i]
                        + likelihoods[slot + k] * drawn[entry * tiles * GROUP + itemOf(row, k * particles)];
            }
        }
        float total = sumOf(TOTAL);
        if (getLocalId() == 0) average[row * horizon * actionSize + entry] = total / sum;
    }

    /** Returns the place of a sample among those of all tiles. */
    private int itemOf(int row, int sample) {
        int member = (sample + keys[4 * rows + row]) % stride;
        return (row * stride + member) * tilesPerPart * GROUP + sample / stride;
    }

    /**
     * Writes the weights of a row's candidates, the largest 1, and returns their sum. The temperature is the given one, or that at which
     * the weights have the wanted effective size, found by bisection of its logarithm as on the host.
     */
    private float weigh(int row, int slot) {
        meanReturns(row, slot);
        float best = bestReturn(slot);
        float spread = 0;
        float wanted = 1;
        if (shareWanted > 0) {
            spread = spreadOfReturns(slot, best);
            wanted = max(1f, shareWanted * sumOf(WEIGHT));
        }
        int halvings = 0;
        if (spread > 0) halvings = HALVINGS;
        float low = -OCTAVES;
        float high = OCTAVES;
        float sum = 0;
        for (int step = 0; step <= halvings; step++) {
            float middle = 0.5f * (low + high);
            float inverse = 1f / fixedTemperature;
            if (shareWanted > 0) inverse = 1;
            if (spread > 0) inverse = 1f / (spread * exp(middle * LN2));
            likelihoods(row, slot, best, inverse);
            sum = sumOf(TOTAL);
            float size = sum * sum / sumOf(WEIGHT);
            if (size < wanted) low = middle;
            else high = middle;
        }
        return sum;
    }

    /** Writes the returns of a row's candidates, averaged over their particles. */
    private void meanReturns(int row, int slot) {
        int at = row * candidates * particles;
        if (particles == 1) {
            for (int k = getLocalId(); k < candidates; k += items()) likelihoods[slot + k] = returns[at + k];
        } else {
            for (int k = getLocalId(); k < candidates; k += items()) {
                float sum = 0;
                for (int p = at + k * particles; p < at + (k + 1) * particles; p++) sum += returns[p];
                likelihoods[slot + k] = sum / particles;
            }
        }
    }

    /** Returns the largest finite return of a row's candidates. */
    private float bestReturn(int slot) {
        fill(TOTAL, Float.NEGATIVE_INFINITY);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float mean = likelihoods[slot + base + i];
                if (mean - mean != 0) mean = Float.NEGATIVE_INFINITY;
                lane[TOTAL + i] = max(lane[TOTAL + i], mean);
            }
        }
        return largestOf(TOTAL);
    }

    /** Returns the distance of the worst finite return from the best; row {@link #WEIGHT} counts the finite ones. */
    private float spreadOfReturns(int slot, float best) {
        fill(TOTAL, 0);
        fill(WEIGHT, 0);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float worse = best - likelihoods[slot + base + i];
                float finite = 1;
                if (worse - worse != 0) {
                    worse = 0;
                    finite = 0;
                }
                lane[TOTAL + i] = max(lane[TOTAL + i], worse);
                lane[WEIGHT + i] = lane[WEIGHT + i] + finite;
            }
        }
        return largestOf(TOTAL);
    }

    /** Writes the weights at a temperature behind the returns, and their sums and those of their squares to a tile's rows. */
    private void likelihoods(int row, int slot, float best, float inverse) {
        fill(TOTAL, Float.NEGATIVE_INFINITY);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float logit = logit(row, slot, base + i, best, inverse);
                likelihoods[slot + candidates + base + i] = logit;
                lane[TOTAL + i] = max(lane[TOTAL + i], logit);
            }
        }
        float most = largestOf(TOTAL);
        fill(TOTAL, 0);
        fill(WEIGHT, 0);
        for (int base = 0; base < candidates; base += GROUP) {
            int count = min(GROUP, candidates - base);
            for (int i = getLocalId(); i < count; i += items()) {
                float w = likelihood(likelihoods[slot + candidates + base + i] - most);
                likelihoods[slot + candidates + base + i] = w;
                lane[TOTAL + i] = lane[TOTAL + i] + w;
                lane[WEIGHT + i] = lane[WEIGHT + i] + w * w;
            }
        }
    }

    /** Returns exp(x) of an x of at most 0, within 3e-7. */
    private float likelihood(float x) {
        float w = FloatMath.decayAboveFloor(max(x, -24f));
        if (x < -24f) w = 0;
        if (x != x) w = x;
        return w;
    }

    /** Returns the logarithm of a candidate's weight, up to a constant; minus infinity where a particle diverged. */
    private float logit(int row, int slot, int candidate, float best, float inverse) {
        // The best first: what is left is small, and rounds to little before it is multiplied.
        float logit = (likelihoods[slot + candidate] - best) * inverse;
        if (pricing != PRICE_NONE) logit -= prices[row * candidates + candidate];
        if (logit - logit != 0) logit = Float.NEGATIVE_INFINITY;
        return logit;
    }

    private void fill(int at, float value) {
        for (int i = getLocalId(); i < GROUP; i += items()) lane[at + i] = value;
    }

    private float sumOf(int at) {
        localBarrier();
        float sum = 0;
        for (int i = 0; i < GROUP; i++) sum += lane[at + i];
        localBarrier();
        return sum;
    }

    private float largestOf(int at) {
        localBarrier();
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < GROUP; i++) most = max(most, lane[at + i]);
        localBarrier();
        return most;
    }
}
