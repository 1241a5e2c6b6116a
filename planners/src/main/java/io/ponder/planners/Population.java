package io.ponder.planners;

import io.ponder.engine.model.ModelState;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.plan.SequenceLaw;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Holds the candidates of one iteration with their costs, and the mean plan of every row: what a {@link SearchDistribution} reads and
 * writes.
 *
 * <p>A sequence has {@code length() = T * A} entries, entry {@code t * A + a} being entry a of the action at step t. Entry i of
 * candidate k of row b is {@code sequences()[at(b, i) + k]}, and its cost {@code costs()[costAt(b) + k]}. Belongs to one planner.
 */
public final class Population {
    private final RolloutRequest rollouts;
    private final NoiseSource noise;
    private final Risk risk;
    private final float[] scratch;
    private long extraModelSteps;
    private final Kernels kernels = Kernels.get();
    private final int rows;
    private final int horizon;
    private final int actionSize;
    private final int length;
    private final int actionCount;
    private final float[] low;
    private final float[] high;
    private final float[] rest;
    private final SequenceLaw law;
    private final float[][] mean;
    private final float[] costs;
    private final float[] gradients;
    private final int[] finite;
    private final int[] elapsedSteps;
    private final boolean[] planned;
    private final long[] requestKeys;
    private final float[] effectiveSampleSize;
    private final float[] spread;
    private int iteration;
    private boolean last;

    Population(Problem problem, RolloutRequest rollouts, NoiseSource noise, Risk risk, boolean needsGradients) {
        this.rollouts = rollouts;
        this.noise = noise;
        this.risk = risk;
        scratch = new float[rollouts.particles()];
        rows = rollouts.rows();
        horizon = rollouts.horizon();
        actionSize = rollouts.actionSize();
        length = horizon * actionSize;
        actionCount = problem.actionCount();
        low = new float[actionSize];
        high = new float[actionSize];
        rest = new float[actionSize];
        for (int a = 0; a < actionSize; a++) {
            low[a] = problem.actionLow(a);
            high[a] = problem.actionHigh(a);
            rest[a] = problem.restAction(a);
        }
        law = new SequenceLaw(rows, rollouts.maxCandidates(), low, high, horizon);
        rollouts.law(law);
        mean = new float[rows][length];
        costs = new float[rows * rollouts.maxCandidates()];
        gradients = needsGradients ? new float[rollouts.actions().length] : new float[0];
        finite = new int[rows];
        elapsedSteps = new int[rows];
        planned = new boolean[rows];
        requestKeys = new long[rows];
        effectiveSampleSize = new float[rows];
        spread = new float[rows];
    }

    /** Returns the number of rows B. */
    public int rows() {
        return rows;
    }

    /** Returns the number of steps T of a sequence. */
    public int horizon() {
        return horizon;
    }

    /** Returns the entries A of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the entries of a sequence, T * A. */
    public int length() {
        return length;
    }

    /** Returns the current number of candidates K of a row. */
    public int size() {
        return rollouts.candidates();
    }

    /** Returns the number of the iteration, from 0. */
    public int iteration() {
        return iteration;
    }

    /** Tells whether the call ends after this iteration, as far as the budget can tell beforehand. */
    public boolean last() {
        return last;
    }

    /** Returns the sequences {@code [T x A x (B * K)]}. Modified by {@link SearchDistribution#sample}. */
    public float[] sequences() {
        return rollouts.actions();
    }

    /** Returns the place of entry {@code entry} of candidate 0 of a row; candidate k follows k places later. */
    public int at(int row, int entry) {
        return entry * rollouts.actionColumns() + row * rollouts.candidates();
    }

    /** Returns the costs: the negative returns, averaged over particles; positive infinity where a particle diverged. */
    public float[] costs() {
        return costs;
    }

    /** Returns the place of the cost of candidate 0 of a row. */
    public int costAt(int row) {
        return row * rollouts.candidates();
    }

    /** Returns how many costs of a row are finite. */
    public int finite(int row) {
        return finite[row];
    }

    /** Returns the derivatives of the costs, laid out as {@link #sequences}; empty unless the distribution needs them. */
    public float[] gradients() {
        return gradients;
    }

    /** Returns the mean plan of a row, {@code [T x A]}. Modified by {@link SearchDistribution#update}. */
    public float[] mean(int row) {
        return mean[row];
    }

    /** Returns the lowest value of entry {@code entry} of a sequence. */
    public float low(int entry) {
        return low[entry % actionSize];
    }

    /** Returns the highest value of entry {@code entry} of a sequence. */
    public float high(int entry) {
        return high[entry % actionSize];
    }

    /** Returns half the distance between the bounds of entry {@code entry} of a sequence. */
    public float halfRange(int entry) {
        return 0.5f * high(entry) - 0.5f * low(entry);
    }

    /** Returns how many environment steps passed since the last plan of a row; 0 where {@link #fresh}. */
    public int elapsedSteps(int row) {
        return planned[row] ? elapsedSteps[row] : 0;
    }

    /** Tells whether a row has no earlier plan: the first call, or the first after a reset. */
    public boolean fresh(int row) {
        return !planned[row];
    }

    /** Returns the random key of a row in this iteration. */
    public long key(int row) {
        return rollouts.keys()[row];
    }

    /** Writes standard normals as the sequences of some candidates. */
    public void fillNormal(int row, int first, int count) {
        fillNormal(row, first, count, rollouts.actions());
    }

    /** Writes standard normals for some candidates into an array that is laid out as {@link #sequences}. */
    public void fillNormal(int row, int first, int count, float[] out) {
        noise.fill(key(row), iteration, row, first, count, length, out, at(row, 0) + first, rollouts.actionColumns());
    }

    /** Writes {@code entries} standard normals for each of some candidates, more or fewer than a sequence has. */
    public void fillNormal(int row, int first, int count, int entries, float[] out) {
        noise.fill(key(row), iteration, row, first, count, entries, out, at(row, 0) + first, rollouts.actionColumns());
    }

    /** Writes uniforms in (0, 1), bounds or not, as the sequences of some candidates. */
    public void fillFractions(int row, int first, int count) {
        long key = key(row);
        kernels.fillUniform(
                (int) key, (int) (key >>> 32), first, 0, length, count, rollouts.actions(), at(row, 0) + first, rollouts.actionColumns());
    }

    /** Writes uniforms between the bounds, or uniform indices where actions are discrete, as the sequences of some candidates. */
    public void fillUniform(int row, int first, int count) {
        fillFractions(row, first, count);
        float[] out = rollouts.actions();
        int offset = at(row, 0) + first;
        int stride = rollouts.actionColumns();
        for (int i = 0; i < length; i++) {
            if (actionCount > 0) {
                // The product may round up to the count.
                for (int k = offset + i * stride; k < offset + i * stride + count; k++) {
                    out[k] = Math.min(actionCount - 1, (int) (actionCount * out[k]));
                }
                continue;
            }
            float from = low(i);
            float range = high(i) - from;
            for (int k = offset + i * stride; k < offset + i * stride + count; k++) out[k] = from + range * out[k];
        }
    }

    /** Turns the standard normals of some candidates into {@code mean + deviation * normal}, clipped to the bounds. */
    public void scaleAndClip(int row, int first, int count, float[] center, float[] deviation) {
        float[] out = rollouts.actions();
        // Entry by entry, so that the clipping finds in the cache what the scaling wrote.
        for (int i = 0; i < length; i++) {
            int offset = at(row, i) + first;
            kernels.affinePerRow(1, count, deviation, i, center, i, out, offset, count, out, offset, count);
            kernels.clamp(count, low(i), high(i), out, offset, out, offset);
        }
    }

    /** Clips the sequences of some candidates to the bounds. */
    public void clip(int row, int first, int count) {
        float[] out = rollouts.actions();
        for (int i = 0; i < length; i++) {
            int offset = at(row, i) + first;
            kernels.clamp(count, low(i), high(i), out, offset, out, offset);
        }
    }

    /** Writes a sequence {@code [T x A]} as a candidate. */
    public void writeCandidate(int row, int candidate, float[] sequence) {
        for (int i = 0; i < length; i++) rollouts.actions()[at(row, i) + candidate] = sequence[i];
    }

    /** Puts the sequence of a candidate into {@link #sequences} where another device has drawn it. */
    public void require(int row, int candidate) {
        if (rollouts.drawnElsewhere()) rollouts.sampleBlock(row * size() + candidate, 1);
    }

    /** Returns the law whose prices and average another device has answered with, or null where {@link #sequences} holds everything. */
    public @Nullable SequenceLaw answered() {
        return rollouts.drawnElsewhere() ? law : null;
    }

    /** States the law of an iteration, where the distribution can and the noise is the counter's. */
    void state(SearchDistribution distribution) {
        law.clear();
        if (actionCount > 0 || noise != CounterNoise.INSTANCE) return;
        for (int b = 0; b < rows; b++) distribution.state(this, b, law);
    }

    /** Copies a candidate into {@code out [T x A]}. */
    public void readCandidate(int row, int candidate, float[] out) {
        require(row, candidate);
        for (int i = 0; i < length; i++) out[i] = rollouts.actions()[at(row, i) + candidate];
    }

    /** Moves a sequence {@code [T x A]} by some steps into the past; rest actions fill its end. */
    public void shift(float[] sequence, int steps) {
        int moved = Math.min(steps, horizon) * actionSize;
        System.arraycopy(sequence, moved, sequence, 0, length - moved);
        for (int i = length - moved; i < length; i++) sequence[i] = rest[i % actionSize];
    }

    /** Returns the root states, one column a row. Not to be modified. */
    public ModelState roots() {
        return rollouts.roots();
    }

    /** Returns the random key that the request gave a row. */
    public long requestKey(int row) {
        return requestKeys[row];
    }

    /** Counts model steps that a distribution takes beside the rollouts of its candidates, in {@link SearchDistribution#init}. */
    public void chargeModelSteps(long steps) {
        extraModelSteps += steps;
    }

    /** Returns what was counted since the last call of this. */
    long takeExtraModelSteps() {
        long steps = extraModelSteps;
        extraModelSteps = 0;
        return steps;
    }

    /** Returns the cost of the returns of particles. */
    Risk risk() {
        return risk;
    }

    /** Tells how many candidates an update effectively used, {@code (sum w)^2 / sum w^2}, for diagnostics. */
    public void effectiveSampleSize(int row, double size) {
        effectiveSampleSize[row] = (float) size;
    }

    /** Tells how far apart the elites of an update were, in half ranges, for diagnostics. */
    public void spread(int row, double halfRanges) {
        spread[row] = (float) halfRanges;
    }

    float spread(int row) {
        return spread[row];
    }

    float effectiveSampleSize(int row) {
        return effectiveSampleSize[row];
    }

    /** Takes over what a request says about a row and shifts its mean plan. */
    void begin(PlanRequest request, int row) {
        requestKeys[row] = request.keys()[row];
        elapsedSteps[row] = Math.max(0, request.elapsedSteps()[row]);
        effectiveSampleSize[row] = 0;
        spread[row] = 0;
        if (planned[row]) shift(mean[row], elapsedSteps[row]);
        else rest(mean[row]);
    }

    private void rest(float[] sequence) {
        for (int i = 0; i < length; i++) sequence[i] = rest[i % actionSize];
    }

    /** Prepares an iteration: its size and its random keys. */
    void iterate(int newIteration, int size, boolean isLast) {
        iteration = newIteration;
        last = isLast;
        rollouts.candidates(size);
        for (int b = 0; b < rows; b++) rollouts.keys()[b] = CounterRandom.key(requestKeys[b], newIteration);
    }

    /** Makes costs out of the returns of a row and counts the diverged rollouts. */
    int score(int row) {
        int size = rollouts.candidates();
        int from = row * size;
        if (rollouts.particles() == 1) {
            kernels.scale(size, -1, rollouts.returns(), from, costs, from);
            finite[row] = size;
            // A finite sum has finite terms; the slow way counts where one is not.
            if (Float.isFinite(kernels.sum(size, costs, from))) return 0;
        }
        return scoreOneByOne(row, from, size);
    }

    private int scoreOneByOne(int row, int from, int size) {
        int particles = rollouts.particles();
        float[] returns = rollouts.returns();
        int diverged = 0;
        int count = 0;
        for (int k = from; k < from + size; k++) {
            double sum = 0;
            for (int p = k * particles; p < (k + 1) * particles; p++) {
                sum += returns[p];
                if (!Float.isFinite(returns[p])) diverged++;
            }
            float cost = (float) (-sum / particles);
            if (risk != Risk.MEAN && Float.isFinite(cost)) cost = (float) risk.cost(returns, k * particles, particles, scratch);
            boolean usable = Float.isFinite(cost);
            costs[k] = usable ? cost : Float.POSITIVE_INFINITY;
            if (usable) count++;
        }
        finite[row] = count;
        return diverged;
    }

    /** Returns the least cost of a row. */
    float leastCost(int row) {
        return kernels.min(size(), costs, costAt(row));
    }

    /** Returns the number of the last candidate of a row with some cost. */
    int candidateWithCost(int row, float cost) {
        int from = costAt(row);
        int k = size() - 1;
        while (costs[from + k] != cost) k--;
        return k;
    }

    /** Returns the mean of the finite costs of a row, NaN where there is none. */
    float meanCost(int row) {
        int from = costAt(row);
        if (finite[row] == size()) return kernels.sum(size(), costs, from) / size();
        double sum = 0;
        for (int k = from; k < from + size(); k++) if (costs[k] != Float.POSITIVE_INFINITY) sum += costs[k];
        return (float) (sum / finite[row]);
    }

    /** Keeps the mean plan within the bounds, which rounding may have crossed; tells whether all of it is numbers. */
    boolean clipMean(int row) {
        float[] plan = mean[row];
        float sum = 0;
        for (int i = 0; i < length; i++) {
            plan[i] = Math.max(low(i), Math.min(high(i), plan[i]));
            sum += plan[i];
        }
        return !Float.isNaN(sum);
    }

    /** Returns entry {@code entry} of a plan of rest actions. */
    float rest(int entry) {
        return rest[entry % actionSize];
    }

    void markPlanned(int row) {
        planned[row] = true;
    }

    /** Forgets the plan of a row. */
    void reset(int row) {
        planned[row] = false;
    }

    /** Makes a sequence the plan of a row, as if the last call had answered it. */
    void warmStart(int row, float[] sequence) {
        System.arraycopy(sequence, 0, mean[row], 0, length);
        clipMean(row);
        planned[row] = true;
    }

}
