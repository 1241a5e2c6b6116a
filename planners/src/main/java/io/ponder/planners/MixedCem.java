package io.ponder.planners;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.MultiDiscrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.Tuple;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;

/**
 * The cross-entropy method for actions of several entries, discrete and continuous side by side: a discrete entry of a step has a
 * categorical distribution, a continuous one a normal distribution, all of them independent, and all fitted to the same elites. For
 * {@link MultiDiscrete} and {@link Tuple} spaces; plain ones work too.
 *
 * <p>The model takes indices as numbers in the rows of its continuous actions, where an action has more than one entry; {@link #problem}
 * makes the bounds. The answer is the best
 * sequence seen, because an average of indices means nothing; the next call begins near it, shifted, and tries it again as candidate 0.
 *
 * <p>Source: Rubinstein and Kroese 2004, The cross-entropy method, chapters 2 and 5.
 */
public final class MixedCem implements SearchDistribution {
    private final MixedCemParameters parameters;
    private final SearchSize size;
    private final Elites elites;
    private final int length;
    private final int[] count;
    private final int[] tableAt;
    private final int actionSize;
    private final boolean oneIndex;
    private final float[][] table;
    private final float[][] center;
    private final float[][] deviation;
    private final float[] leastCost;
    private final float[] normals;
    private final int firstNormal;

    /**
     * Creates the distribution for {@code rows} environments of a problem.
     *
     * @param actions the space of an action
     * @throws IllegalArgumentException if the problem's actions have another size
     */
    public MixedCem(MixedCemParameters parameters, Space actions, Problem problem, int rows) {
        this.parameters = parameters;
        CemParameters shared = parameters.continuous();
        size = new SearchSize(shared.horizon(), shared.iterations(), shared.candidates(), shared.elites());
        elites = new Elites(shared.elites(), shared.candidates());
        count = counts(actions);
        actionSize = count.length;
        if (problem.actionSize() != actionSize) {
            throw new IllegalArgumentException("The action space has " + actionSize + " entries, but the problem's actions have "
                    + problem.actionSize() + ".\nMaybe make the problem with MixedCem.problem.");
        }
        oneIndex = actionSize == 1 && count[0] > 0;
        length = shared.horizon() * actionSize;
        tableAt = new int[length];
        int entries = 0;
        boolean anyContinuous = false;
        for (int i = 0; i < length; i++) {
            tableAt[i] = entries;
            entries += count[i % actionSize];
            anyContinuous |= count[i % actionSize] == 0;
        }
        table = new float[rows][entries];
        center = new float[rows][length];
        deviation = new float[rows][length];
        leastCost = new float[rows];
        // Draws come in pairs of one block; an even start keeps normals apart from the fractions.
        firstNormal = length + (length & 1);
        normals = new float[anyContinuous ? Math.multiplyExact(firstNormal + length, Math.multiplyExact(rows, shared.candidates())) : 0];
    }

    /** Returns a planner. */
    public static SamplingPlanner planner(Problem problem, Space actions, MixedCemParameters parameters, Execution execution) {
        return new SamplingPlanner(problem, new MixedCem(parameters, actions, problem, execution.rows()), execution);
    }

    /**
     * Returns the problem of planning in an action space: its boxes bound the continuous entries, and discrete ones reach from 0 to their
     * last index and rest at 0. A space of one index needs a model of discrete actions.
     *
     * @throws IllegalArgumentException if a box is not bounded, or the model's actions are of another size or kind
     */
    public static Problem problem(WorldModel model, Space actions) {
        int[] counts = counts(actions);
        if (counts.length == 1 && counts[0] > 0) return Problem.discrete(model);
        float[] low = new float[counts.length];
        float[] high = new float[counts.length];
        bounds(actions, 0, low, high);
        float[] rest = new float[counts.length];
        for (int a = 0; a < counts.length; a++) rest[a] = counts[a] > 0 ? 0 : 0.5f * low[a] + 0.5f * high[a];
        return Problem.of(model, low, high).withRestAction(rest);
    }

    /** Returns the number of elements of every entry of an action, 0 for continuous ones. */
    private static int[] counts(Space actions) {
        int[] out = new int[actions.size()];
        count(actions, 0, out);
        return out;
    }

    private static void count(Space space, int at, int[] out) {
        if (space instanceof Discrete discrete) {
            out[at] = discrete.count();
        } else if (space instanceof MultiDiscrete several) {
            for (int i = 0; i < several.size(); i++) out[at + i] = several.count(i);
        } else if (space instanceof Tuple tuple) {
            int next = at;
            for (Space part : tuple.spaces()) {
                count(part, next, out);
                next += part.size();
            }
        }
    }

    private static void bounds(Space space, int at, float[] low, float[] high) {
        if (space instanceof Box box) {
            for (int i = 0; i < box.size(); i++) {
                low[at + i] = box.low(i);
                high[at + i] = box.high(i);
            }
        } else if (space instanceof Tuple tuple) {
            int next = at;
            for (Space part : tuple.spaces()) {
                bounds(part, next, low, high);
                next += part.size();
            }
        } else {
            int[] counts = counts(space);
            // Bounds must differ; an entry with one element is always drawn as 0.
            for (int i = 0; i < counts.length; i++) high[at + i] = Math.max(1, counts[i] - 1);
        }
    }

    @Override
    public String name() {
        return "mixed-cem";
    }

    @Override
    public SearchSize size() {
        return size;
    }

    @Override
    public boolean answersWithBestSeen() {
        return true;
    }

    @Override
    public boolean plans(int actionCount) {
        return actionCount == (oneIndex ? count[0] : 0);
    }

    @Override
    public void init(Population population, int row) {
        leastCost[row] = Float.POSITIVE_INFINITY;
        float[] mean = population.mean(row);
        int carriedTo = carriedEntries(population, row);
        for (int i = 0; i < length; i++) {
            int n = count[i % actionSize];
            if (n == 0) {
                center[row][i] = mean[i];
                deviation[row][i] = (float) parameters.continuous().deviation() * population.halfRange(i);
                continue;
            }
            float carried = i < carriedTo ? (float) parameters.carried() : 0;
            Arrays.fill(table[row], tableAt[i], tableAt[i] + n, (1 - carried) / n);
            table[row][tableAt[i] + index(mean[i], n)] += carried;
        }
    }

    /** Returns the entries of a row that the last plan reaches. */
    private int carriedEntries(Population population, int row) {
        return population.fresh(row) ? 0 : Math.max(0, size.horizon() - population.elapsedSteps(row)) * actionSize;
    }

    /** Returns the index that a number of a warm start stands for. */
    private static int index(float value, int n) {
        return Math.max(0, Math.min(n - 1, Math.round(value)));
    }

    @Override
    public void sample(Population population, int row, int first, int count) {
        population.fillFractions(row, first, count);
        if (normals.length > 0) population.fillNormal(row, first, count, firstNormal + length, normals);
        float[] x = population.sequences();
        for (int i = 0; i < length; i++) {
            int n = this.count[i % actionSize];
            int at = population.at(row, i);
            if (n > 0) {
                for (int k = first; k < first + count; k++) x[at + k] = draw(table[row], tableAt[i], n, x[at + k]);
                continue;
            }
            int from = population.at(row, firstNormal + i);
            for (int k = first; k < first + count; k++) {
                float value = center[row][i] + deviation[row][i] * normals[from + k];
                x[at + k] = Math.max(population.low(i), Math.min(population.high(i), value));
            }
        }
        if (first > 0 || population.iteration() != 0) return;
        float[] mean = population.mean(row);
        for (int i = 0; i < carriedEntries(population, row); i++) {
            int n = this.count[i % actionSize];
            x[population.at(row, i)] = n > 0 ? index(mean[i], n) : mean[i];
        }
    }

    private static int draw(float[] table, int from, int n, float fraction) {
        int element = 0;
        for (float left = fraction - table[from]; left >= 0 && element < n - 1; left -= table[from + element]) element++;
        return element;
    }

    @Override
    public void update(Population population, int row) {
        elites.select(population, row, 1);
        population.effectiveSampleSize(row, elites.count());
        for (int i = 0; i < length; i++) {
            if (count[i % actionSize] > 0) fitDiscrete(population, row, i);
            else fitContinuous(population, row, i);
        }
        float cost = population.costs()[population.costAt(row) + elites.candidate(0)];
        if (cost >= leastCost[row]) return;
        leastCost[row] = cost;
        population.readCandidate(row, elites.candidate(0), population.mean(row));
    }

    private void fitDiscrete(Population population, int row, int i) {
        int n = count[i % actionSize];
        int at = population.at(row, i);
        int from = tableAt[i];
        float[] p = table[row];
        float smoothing = (float) parameters.continuous().smoothing();
        float share = (1 - smoothing) / elites.count();
        float floor = (float) parameters.leastShare();
        for (int e = from; e < from + n; e++) p[e] *= smoothing;
        for (int e = 0; e < elites.count(); e++) p[from + (int) population.sequences()[at + elites.candidate(e)]] += share;
        for (int e = from; e < from + n; e++) p[e] = (1 - floor) * p[e] + floor / n;
    }

    private void fitContinuous(Population population, int row, int i) {
        float[] x = population.sequences();
        int at = population.at(row, i);
        double sum = 0;
        for (int e = 0; e < elites.count(); e++) sum += x[at + elites.candidate(e)];
        double average = sum / elites.count();
        double squares = 0;
        for (int e = 0; e < elites.count(); e++) {
            double distance = x[at + elites.candidate(e)] - average;
            squares += distance * distance;
        }
        double smoothing = parameters.continuous().smoothing();
        double spread = smoothing * deviation[row][i] + (1 - smoothing) * Math.sqrt(squares / elites.count());
        center[row][i] = (float) (smoothing * center[row][i] + (1 - smoothing) * average);
        deviation[row][i] = (float) Math.max(spread, parameters.continuous().leastDeviation() * population.halfRange(i));
    }

    /** Returns the probability of an element of a discrete entry {@code i} of a row's sequence after the last call. */
    public float probability(int row, int i, int element) {
        return table[row][tableAt[i] + element];
    }
}
