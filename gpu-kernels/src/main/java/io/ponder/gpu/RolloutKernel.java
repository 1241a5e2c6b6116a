package io.ponder.gpu;

import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Rolls a whole batch out in one launch, the horizon loop inside: a work item is one column (row, candidate, particle). In a second pass of the
 * same launch, where asked for, work groups average the sequences with the weights of MPPI.
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

    /** Root states {@code [stateSize x B]}. */
    final float[] roots;
    /** Random keys {@code [KEY_WORDS x B]}. */
    final int[] keys;
    /** Sequences {@code [T x A x (B * K)]} where they are given. */
    final float[] actions;
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

    @PrivateMemorySpace(MOST_STATE)
    final float[] state = new float[MOST_STATE];

    @PrivateMemorySpace(MOST_ACTION)
    final float[] action = new float[MOST_ACTION];

    /** Reward and discount of a step, then the second normal of a pair. */
    @PrivateMemorySpace(4)
    final float[] outcome = new float[4];

    @Local
    final float[] tree = new float[GROUP];

    RolloutKernel(Arrays arrays) {
        roots = arrays.roots();
        keys = arrays.keys();
        actions = arrays.actions();
        law = arrays.law();
        weights = arrays.weights();
        shape = arrays.shape();
        returns = arrays.returns();
        prices = arrays.prices();
        average = arrays.average();
    }

    /** The arrays that a kernel shares with the host; none is empty. */
    record Arrays(
            float[] roots,
            int[] keys,
            float[] actions,
            float[] law,
            float[] weights,
            int[] shape,
            float[] returns,
            float[] prices,
            float[] average) {}

    /** Steps {@link #state} by {@link #action} at step {@code t}; writes reward and discount to {@link #outcome}. */
    abstract void step(int row, int sample, int t);

    /** What a subclass does in its {@code run}: the first pass rolls a column out, the second averages. */
    final void runPass(int column) {
        if (getPassId() == 0) rollOut(deep1(column));
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

    /**
     * Rolls one column out. An item beyond the last column rolls column 0 out and writes nothing, so that all items of a group meet at
     * the same barriers.
     */
    private void rollOut(int wanted) {
        int perRow = candidates * particles;
        int column = wanted;
        int live = 1;
        if (column >= rows * perRow) {
            column = 0;
            live = 0;
        }
        int row = column / perRow;
        int sample = column - row * perRow;
        int candidate = sample / particles;
        for (int d = 0; d < stateSize; d++) state[d] = roots[d * rows + row];
        float total = 0;
        float weight = 1;
        float price = 0;
        float poison = 0;
        for (int t = 0; t < horizon; t++) {
            price += readAction(row, candidate, t);
            for (int a = 0; a < actionSize; a++) poison += poisonOf(action[a]);
            step(row, sample, t);
            for (int d = 0; d < stateSize; d++) poison += poisonOf(state[d]);
            // What a model says after the end of an episode (weight 0) does not count, not even a NaN.
            if (weight != 0) {
                total += weight * outcome[0] + poison;
                weight = weight * (outcome[1] * discountFactor);
            }
        }
        float last = terminalValue();
        if (weight != 0) total += weight * last;
        if (live == 1) {
            returns[column] = total;
            if (pricing != PRICE_NONE && sample - candidate * particles == 0) prices[row * candidates + candidate] = price;
        }
    }

    /** Returns the value of the last state, 0 where none is stated. */
    float terminalValue() {
        return 0;
    }

    /** Returns NaN for a NaN and 0 for everything else: minima and maxima of a device drop the NaN that Java would keep. */
    static float poisonOf(float x) {
        float poison = 0;
        if (x != x) poison = x;
        return poison;
    }

    /** Puts the action of a step in place and returns its price. */
    final float readAction(int row, int candidate, int t) {
        float price = 0;
        int length = horizon * actionSize;
        for (int a = 0; a < actionSize; a++) {
            int entry = t * actionSize + a;
            float u = 0;
            if (drawing == DRAW_GIVEN) {
                u = actions[entry * rows * candidates + row * candidates + candidate];
            } else {
                u = draw(row, candidate, entry);
            }
            action[a] = u;
            if (pricing == PRICE_LINEAR) price += law[2 * rows * length + row * length + entry] * u;
            if (pricing == PRICE_ABSOLUTE) {
                price += law[2 * rows * length + row * length + entry] * abs(u - law[row * length + entry]);
            }
        }
        return price;
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

    /** Draws an entry of a sequence. Entries come in order, so that the second normal of a pair was kept. */
    final float draw(int row, int candidate, int entry) {
        int length = horizon * actionSize;
        int bounds = 3 * rows * length + entry % actionSize;
        float low = law[bounds];
        float high = law[bounds + actionSize];
        int second = entry & 1;
        if (second == 0) {
            long block = CounterRandom.block(keys[row], keys[rows + row], candidate, entry >>> 1);
            if (drawing == DRAW_NORMAL) {
                outcome[2] = normal(block, 0);
                outcome[3] = normal(block, 1);
            } else {
                outcome[2] = CounterRandom.uniform((int) block);
                outcome[3] = CounterRandom.uniform((int) (block >>> 32));
            }
        }
        float z = outcome[2 + second];
        float u = low + (high - low) * z;
        if (drawing == DRAW_NORMAL) {
            u = law[row * length + entry] + law[rows * length + row * length + entry] * z;
            u = max(low, min(high, u));
        }
        return u;
    }

    /** Returns a standard normal of a block: the cosine half or the sine half. In float, within 2e-6 of the engine's. */
    final float normal(long block, int second) {
        float radius = sqrt(-2f * log(CounterRandom.uniform((int) block)));
        float angle = (int) (block >>> 32) * RADIANS_PER_WORD;
        float normal = 0;
        if (second == 0) normal = radius * FloatMath.cosine(angle);
        else normal = radius * FloatMath.sine(angle);
        return normal;
    }

    /** Averages the sequences, a pair of entries a group. */
    final void averageSequences() {
        int length = horizon * actionSize;
        int pairs = (length + 1) / 2;
        for (int task = getGroupId(); task < rows * pairs; task += getNumGroups()) {
            averagePair(task / pairs, 2 * (task - task / pairs * pairs));
        }
    }

    private void averagePair(int row, int entry) {
        int length = horizon * actionSize;
        float best = bestReturn(row);
        float inverse = inverseTemperature(row, best);
        float most = largestLogit(row, best, inverse);
        float sum = 0;
        float first = 0;
        float second = 0;
        for (int k = getLocalId(); k < candidates; k += GROUP) {
            float w = exp(logit(row, k, best, inverse) - most);
            sum += w;
            first += w * draw(row, k, entry);
            if (entry + 1 < length) second += w * draw(row, k, entry + 1);
        }
        sum = sumOfGroup(sum);
        first = sumOfGroup(first);
        second = sumOfGroup(second);
        if (getLocalId() == 0) {
            average[row * length + entry] = first / sum;
            if (entry + 1 < length) average[row * length + entry + 1] = second / sum;
        }
    }

    /**
     * Returns one over the temperature: the given one, or that at which the weights have the wanted effective size, found by bisection
     * of its logarithm as the host does.
     */
    final float inverseTemperature(int row, float best) {
        float inverse = 1f / fixedTemperature;
        if (shareWanted > 0) {
            float spread = 0;
            float finite = 0;
            for (int k = getLocalId(); k < candidates; k += GROUP) {
                float worse = best - meanReturn(row * candidates + k);
                if (worse - worse == 0) {
                    spread = max(spread, worse);
                    finite += 1;
                }
            }
            spread = largestOfGroup(spread);
            finite = sumOfGroup(finite);
            inverse = 1;
            if (spread > 0) {
                float wanted = max(1f, shareWanted * finite);
                float low = -OCTAVES;
                float high = OCTAVES;
                for (int step = 0; step < HALVINGS; step++) {
                    float middle = 0.5f * (low + high);
                    float size = effectiveSize(row, best, 1f / (spread * exp(middle * LN2)));
                    if (size < wanted) low = middle;
                    else high = middle;
                }
                inverse = 1f / (spread * exp(0.5f * (low + high) * LN2));
            }
        }
        return inverse;
    }

    private float effectiveSize(int row, float best, float inverse) {
        float most = largestLogit(row, best, inverse);
        float sum = 0;
        float squares = 0;
        for (int k = getLocalId(); k < candidates; k += GROUP) {
            float w = exp(logit(row, k, best, inverse) - most);
            sum += w;
            squares += w * w;
        }
        sum = sumOfGroup(sum);
        squares = sumOfGroup(squares);
        return sum * sum / squares;
    }

    /** Returns the return of a candidate, averaged over its particles. */
    final float meanReturn(int at) {
        float sum = 0;
        for (int p = at * particles; p < (at + 1) * particles; p++) sum += returns[p];
        return sum / particles;
    }

    /** Returns the logarithm of a candidate's weight, up to a constant; minus infinity where a particle diverged. */
    final float logit(int row, int candidate, float best, float inverse) {
        int at = row * candidates + candidate;
        // The best first: what is left is small, and rounds to little before it is multiplied.
        float logit = (meanReturn(at) - best) * inverse;
        if (pricing != PRICE_NONE) logit -= prices[at];
        if (logit - logit != 0) logit = Float.NEGATIVE_INFINITY;
        return logit;
    }

    /** Returns the largest finite return of a row's candidates. */
    private float bestReturn(int row) {
        float best = Float.NEGATIVE_INFINITY;
        for (int k = getLocalId(); k < candidates; k += GROUP) {
            float mean = meanReturn(row * candidates + k);
            if (mean - mean == 0) best = max(best, mean);
        }
        return largestOfGroup(best);
    }

    private float largestLogit(int row, float best, float inverse) {
        float most = Float.NEGATIVE_INFINITY;
        for (int k = getLocalId(); k < candidates; k += GROUP) most = max(most, logit(row, k, best, inverse));
        return largestOfGroup(most);
    }

    final float sumOfGroup(float value) {
        int item = getLocalId();
        tree[item] = value;
        localBarrier();
        for (int width = GROUP / 2; width > 0; width = width / 2) {
            if (item < width) tree[item] += tree[item + width];
            localBarrier();
        }
        float sum = tree[0];
        localBarrier();
        return sum;
    }

    final float largestOfGroup(float value) {
        int item = getLocalId();
        tree[item] = value;
        localBarrier();
        for (int width = GROUP / 2; width > 0; width = width / 2) {
            if (item < width) tree[item] = max(tree[item], tree[item + width]);
            localBarrier();
        }
        float most = tree[0];
        localBarrier();
        return most;
    }
}
