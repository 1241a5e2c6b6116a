package io.ponder.gpu;

/**
 * What a rollout kernel works on: sizes and arrays that the host writes before a launch, and a <i>tile</i> of {@link #GROUP} samples in local
 * memory.
 *
 * <p>All work is in loops over the samples of a tile, {@code for (i = getLocalId(); i < count; i += items())}, on rows of
 * {@link #lane}. On a GPU a group has an item for each sample and each loop is one step; on a processor a group is one item, and the
 * driver's compiler makes SIMD code of the loops. What a loop writes for sample i only the same loop index reads, so that no barriers are
 * needed but in the sums over a group.
 */
@SuppressWarnings("this-escape")
abstract class TileKernel extends ActivationKernel {
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

    TileKernel(Arrays arrays, int rowsOfModel) {
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

    /** Returns the items of a group: as a function of its own an {@code int}, with which loops cannot wrap around and become SIMD code. */
    final int items() {
        return getLocalSize();
    }

    final void fill(int at, float value) {
        for (int i = getLocalId(); i < GROUP; i += items()) lane[at + i] = value;
    }

    final float sumOf(int at) {
        localBarrier();
        float sum = 0;
        for (int i = 0; i < GROUP; i++) sum += lane[at + i];
        localBarrier();
        return sum;
    }

    final float largestOf(int at) {
        localBarrier();
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < GROUP; i++) most = max(most, lane[at + i]);
        localBarrier();
        return most;
    }
}
