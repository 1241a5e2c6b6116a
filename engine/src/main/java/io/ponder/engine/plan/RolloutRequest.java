package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the returns of K action sequences from each of B root states, with P particles each. Owned by a planner and reused.
 *
 * <p>Columns run (row, candidate, particle), the last fastest: candidate k of row b is action column {@code b * K + k} and its
 * particle p is return {@code (b * K + k) * P + p}. The number of candidates may shrink from call to call; the arrays are dense in
 * the current one.
 *
 * <p>The return of a rollout is {@code sum_t (prod_{i < t} discount_i) reward_t + (prod_t discount_t) terminalValue}; players other
 * than the first are ignored.
 */
public final class RolloutRequest {
    private final int rows;
    private final int maxCandidates;
    private final int particles;
    private final int horizon;
    private final int actionSize;
    private final ModelState roots;
    private final long[] keys;
    private final float[] actions;
    private final float[] returns;
    private int candidates;
    private @Nullable SequenceSampler sampler;
    private @Nullable SequenceLaw law;
    private boolean drawnElsewhere;
    private @Nullable ValueFunction terminalValue;
    private @Nullable RolloutWatch watch;

    /** Creates a request for up to {@code maxCandidates} sequences a row. */
    public RolloutRequest(ModelSpec spec, int rows, int maxCandidates, int particles, int horizon) {
        this.rows = Checks.positive("rows", rows);
        this.maxCandidates = Checks.positive("maxCandidates", maxCandidates);
        this.particles = Checks.positive("particles", particles);
        this.horizon = Checks.positive("horizon", horizon);
        actionSize = spec.actionSize();
        candidates = maxCandidates;
        roots = new ModelState(spec, rows);
        keys = new long[rows];
        int columns = Math.multiplyExact(rows, maxCandidates);
        actions = new float[Math.multiplyExact(Math.multiplyExact(horizon, actionSize), columns)];
        returns = new float[Math.multiplyExact(columns, particles)];
    }

    /** Returns the number of rows B. */
    public int rows() {
        return rows;
    }

    /** Returns the current number of candidates K of a row. */
    public int candidates() {
        return candidates;
    }

    /** Returns the largest number of candidates of a row. */
    public int maxCandidates() {
        return maxCandidates;
    }

    /** Sets the current number of candidates of a row. */
    public RolloutRequest candidates(int newCandidates) {
        candidates = Checks.inRange("candidates", newCandidates, 1, maxCandidates);
        return this;
    }

    /** Returns the particles P of a candidate. */
    public int particles() {
        return particles;
    }

    /** Returns the horizon T. */
    public int horizon() {
        return horizon;
    }

    /** Returns the entries A of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the number of action columns, B * K. */
    public int actionColumns() {
        return rows * candidates;
    }

    /** Returns the number of rollouts, B * K * P. */
    public int rollouts() {
        return rows * candidates * particles;
    }

    /** Returns the root states, B columns. Written by the planner. */
    public ModelState roots() {
        return roots;
    }

    /** Returns the random keys {@code [B]} of the rollouts. Written by the planner; another one for every iteration. */
    public long[] keys() {
        return keys;
    }

    /** Returns the action sequences {@code [T x A x (B * K)]}. Written by the planner, or by the sampler during the call. */
    public float[] actions() {
        return actions;
    }

    /**
     * Puts the roots and the random keys of some rollouts in place, what every executor does before the first step.
     *
     * @param model   draws what stays fixed for a rollout ({@link WorldModel#begin})
     * @param first   the first rollout
     * @param columns number of rollouts
     * @param state   resized to {@code columns}. Modified.
     * @param random  resized to {@code columns}, at step 0. Modified.
     */
    public void beginBlock(WorldModel model, int first, int columns, ModelState state, ColumnKeys random) {
        int perRow = candidates * particles;
        state.repeat(roots, perRow, first, columns);
        random.resize(columns).step(0);
        for (int column = first; column < first + columns; ) {
            int row = column / perRow;
            int end = Math.min(first + columns, (row + 1) * perRow);
            random.set(column - first, end - first, keys[row], column - row * perRow);
            column = end;
        }
        model.begin(state, random);
    }

    /** Lets the sampler write the sequences of some action columns, row by row; does nothing where the actions are given. */
    public void sampleBlock(int first, int count) {
        if (sampler == null) return;
        for (int column = first; column < first + count; ) {
            int row = column / candidates;
            int end = Math.min(first + count, (row + 1) * candidates);
            sampler.sample(this, row, column - row * candidates, end - column);
            column = end;
        }
    }

    /** Returns the sampler that writes the actions, or null where they are given. */
    public @Nullable SequenceSampler sampler() {
        return sampler;
    }

    /** Sets the sampler. */
    public RolloutRequest sampler(@Nullable SequenceSampler newSampler) {
        sampler = newSampler;
        return this;
    }

    /** Returns the law by which an executor may draw the actions itself, or null where there is none. */
    public @Nullable SequenceLaw law() {
        return law;
    }

    /** Sets the law. */
    public RolloutRequest law(@Nullable SequenceLaw newLaw) {
        law = newLaw;
        return this;
    }

    /**
     * Tells whether the last rollout drew its actions elsewhere, by the law, so that {@link #actions} does not hold them;
     * {@link #sampleBlock} puts those of a candidate in place.
     */
    public boolean drawnElsewhere() {
        return drawnElsewhere;
    }

    /** Says where the actions were drawn. Called by executors. */
    public void drawnElsewhere(boolean elsewhere) {
        drawnElsewhere = elsewhere;
    }

    /** Returns the value of the last state of a rollout, or null for none. */
    public @Nullable ValueFunction terminalValue() {
        return terminalValue;
    }

    /** Sets the terminal value. */
    public RolloutRequest terminalValue(@Nullable ValueFunction newTerminalValue) {
        terminalValue = newTerminalValue;
        return this;
    }

    /** Returns what may break the rollouts off and takes what the model throws, or null where nothing does. */
    public @Nullable RolloutWatch watch() {
        return watch;
    }

    /** Sets the watch. */
    public RolloutRequest watch(@Nullable RolloutWatch newWatch) {
        watch = newWatch;
        return this;
    }

    /** Makes the returns of some action columns NaN: those of a block that failed, or that was not begun. */
    public void forfeit(int first, int count) {
        Arrays.fill(returns, first * particles, (first + count) * particles, Float.NaN);
    }

    /** Returns the returns {@code [B * K * P]}. Written by the executor. */
    public float[] returns() {
        return returns;
    }
}
