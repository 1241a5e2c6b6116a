package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a decision in each of B root states. Owned and filled by the caller, reused from call to call without allocation.
 *
 * <p>Every row has a random key of its own. A planner draws all its random numbers from the row's key, so the plan of a row does not
 * depend on the other rows of the batch, on the number of threads, or on earlier calls (but for the warm start, which
 * {@link Planner#reset} clears). Give a row another key for every decision; {@link #keys(long, long)} does.
 */
public final class PlanRequest {
    private final int rows;
    private final ModelState roots;
    private final long[] keys;
    private final int[] elapsedSteps;
    private boolean explore;
    private boolean @Nullable [] illegal;

    /** Creates a request for {@code rows} environments of a model; each row has moved by one step since its last plan. */
    public PlanRequest(WorldModel model, int rows) {
        this.rows = Checks.positive("rows", rows);
        roots = new ModelState(model.spec(), rows);
        keys = new long[rows];
        elapsedSteps = new int[rows];
        Arrays.fill(elapsedSteps, 1);
        keys(0, 0);
    }

    /** Returns the number of rows B. */
    public int rows() {
        return rows;
    }

    /** Returns the root states, B columns. Modified by {@link #observe}; may be written directly. */
    public ModelState roots() {
        return roots;
    }

    /**
     * Makes observations the roots.
     *
     * @param observations {@code [observationSize x B]}. Not modified.
     */
    public PlanRequest observe(WorldModel model, float[] observations) {
        Checks.length("observations", observations, model.spec().observationSize() * rows, "observationSize x rows");
        model.init(observations, rows, roots);
        return this;
    }

    /** Sets the keys of all rows from a seed and the number of the decision: row b draws from stream b of the seed. */
    public PlanRequest keys(long seed, long decision) {
        for (int b = 0; b < rows; b++) keys[b] = mix(mix(seed, b), decision);
        return this;
    }

    /** Scrambles two words into one (the finaliser of SplitMix64; Steele, Lea and Flood 2014). */
    private static long mix(long a, long b) {
        long z = a + 0x9E3779B97F4A7C15L * (b + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns the random keys {@code [B]}. May be written directly. */
    public long[] keys() {
        return keys;
    }

    /**
     * Returns the environment steps {@code [B]} since the last plan of each row, 1 by default: the warm start is shifted by so many.
     * May be written directly.
     */
    public int[] elapsedSteps() {
        return elapsedSteps;
    }

    /**
     * Sets which discrete actions must not be chosen at the roots, or takes the mask away; planners of continuous actions ignore it.
     *
     * @param newIllegal {@code [actionCount x B]}, true for an illegal action; null for none. Kept, not copied.
     */
    public PlanRequest illegal(boolean @Nullable [] newIllegal) {
        illegal = newIllegal;
        return this;
    }

    /** Returns the illegal actions {@code [actionCount x B]}, or null where all are legal as far as the caller knows. */
    public boolean @Nullable [] illegal() {
        return illegal;
    }

    /** Tells whether the actions may explore (sampled rather than best). */
    public boolean explore() {
        return explore;
    }

    /** Sets whether the actions may explore. */
    public PlanRequest explore(boolean newExplore) {
        explore = newExplore;
        return this;
    }
}
