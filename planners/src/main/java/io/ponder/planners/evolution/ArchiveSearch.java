package io.ponder.planners.evolution;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Keeps the best point of every cell of a grid of descriptions (an archive as in MAP-Elites) and lets an inner strategy look for points
 * that fill or improve cells; where it finds none, it begins again from a random elite. For deceptive problems, whose way to the
 * optimum leads through what looks worse.
 *
 * <p>The inner strategy is told ranks: points in new cells first, by cost, then points that improve a cell, by how much, then the
 * others. The mean is the best elite.
 *
 * <p>Source: Mouret and Clune 2015, Illuminating search spaces by mapping elites; the ranking is the improvement emitter of Fontaine,
 * Togelius, Nikolaidis and Hoover 2020, Covariance matrix adaptation for the rapid illumination of behavior space.
 */
public final class ArchiveSearch implements EvolutionStrategy {
    private static final int NEW = 0;
    private static final int BETTER = 1;
    private static final int OTHER = 2;

    private final EvolutionStrategy inner;
    private final PlanDescriptor descriptor;
    private final int cellsPerSide;
    private final int n;
    private final double[] asked;
    private final double[] described;
    private final double[] elites;
    private final double[] eliteCost;
    private final int[] kind;
    private final double[] value;
    private final double[] rank;
    private final Ranking ranking;
    private final double[] chosen;
    private final int[] filledCells;
    private int filled;
    private int best;
    private double sigma;
    private long restarts;

    /**
     * Creates an empty archive.
     *
     * @param inner        proposes the points; used by nobody else
     * @param cellsPerSide cells along each number of a description, at least 1
     * @throws IllegalArgumentException if the grid has more than 2^20 cells
     */
    public ArchiveSearch(EvolutionStrategy inner, PlanDescriptor descriptor, int cellsPerSide) {
        this.inner = inner;
        this.descriptor = descriptor;
        this.cellsPerSide = Checks.positive("cellsPerSide", cellsPerSide);
        n = inner.dimension();
        double cells = Math.pow(cellsPerSide, Checks.positive("size of the descriptor", descriptor.size()));
        int size = (int) Checks.inRange("cells of the grid", cells, 1, 1 << 20);
        asked = new double[Math.multiplyExact(n, inner.population())];
        described = new double[descriptor.size()];
        elites = new double[Math.multiplyExact(size, n)];
        eliteCost = new double[size];
        kind = new int[inner.population()];
        value = new double[inner.population()];
        rank = new double[inner.population()];
        ranking = new Ranking(inner.population());
        chosen = new double[n];
        filledCells = new int[size];
        start(new double[n], 1);
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public int dimension() {
        return n;
    }

    @Override
    public int population() {
        return inner.population();
    }

    @Override
    public void start(double[] mean, double newSigma) {
        sigma = newSigma;
        inner.start(mean, newSigma);
        Arrays.fill(eliteCost, Double.POSITIVE_INFINITY);
        filled = 0;
        best = 0;
        restarts = 0;
        System.arraycopy(mean, 0, elites, 0, n);
    }

    @Override
    public void ask(long key, int first, int count, double[] points) {
        inner.ask(key, first, count, points);
        System.arraycopy(points, first * n, asked, first * n, count * n);
    }

    @Override
    public void tell(int count, double[] costs) {
        Checks.inRange("count", count, 1, inner.population());
        boolean gained = false;
        for (int k = 0; k < count; k++) gained |= archive(k, costs[k]);
        writeRanks(count);
        inner.tell(count, rank);
        if (!gained && filled > 0) startFromAnElite();
    }

    /** Puts a point into the archive if it is the best of its cell; tells whether it was. */
    private boolean archive(int k, double cost) {
        kind[k] = OTHER;
        value[k] = cost;
        if (!Double.isFinite(cost)) return false;
        int cell = cell(k);
        double old = eliteCost[cell];
        if (!(cost < old)) return false;
        if (old == Double.POSITIVE_INFINITY) {
            kind[k] = NEW;
            filledCells[filled++] = cell;
        } else {
            kind[k] = BETTER;
            value[k] = cost - old;
        }
        eliteCost[cell] = cost;
        System.arraycopy(asked, k * n, elites, cell * n, n);
        if (filled == 1 || cost < eliteCost[best] || best == cell) best = cell;
        return true;
    }

    private int cell(int k) {
        descriptor.describe(asked, k * n, n, described);
        int cell = 0;
        for (double d : described) {
            int place = (int) Math.max(0, Math.min(cellsPerSide - 1, Math.floor(d * cellsPerSide)));
            cell = cell * cellsPerSide + place;
        }
        return cell;
    }

    /** Writes the rank of every point: new cells, then better ones, then the others. */
    private void writeRanks(int count) {
        ranking.sort(count, value);
        double next = 0;
        for (int wanted = NEW; wanted <= OTHER; wanted++) {
            for (int r = 0; r < count; r++) if (kind[ranking.at(r)] == wanted) rank[ranking.at(r)] = next++;
        }
    }

    private void startFromAnElite() {
        int drawn = CounterRandom.below(filled, n, filled, (int) restarts++, 0);
        System.arraycopy(elites, filledCells[drawn] * n, chosen, 0, n);
        inner.start(chosen, sigma);
    }

    /** Returns how many cells hold a point. */
    public int filledCells() {
        return filled;
    }

    /** Returns the cost of the best elite, infinity where there is none. */
    public double bestCost() {
        return eliteCost[best];
    }

    @Override
    public double mean(int i) {
        return elites[best * n + i];
    }

    @Override
    public double deviation(int i) {
        return inner.deviation(i);
    }

    @Override
    public double effectiveSize() {
        return inner.effectiveSize();
    }
}
