package io.ponder.planners.evolution;

/**
 * Minimises a function of n numbers by asking for the costs of sampled points: {@link #start}, then {@link #ask} and {@link #tell} in
 * turn, one generation each.
 *
 * <p>A strategy ranks costs and uses nothing else of them (but for {@link ConsensusSearch}, which weighs them), so that only their
 * order matters. NaN and infinite costs rank last. {@link #ask} may be called by several threads for disjoint points of a generation;
 * everything else by one thread at a time. Nothing is allocated after construction.
 */
public interface EvolutionStrategy {
    /** Returns the name of the method, such as {@code cma-es}. */
    String name();

    /** Returns the number n of variables. */
    int dimension();

    /** Returns the largest number of points of a generation. */
    int population();

    /**
     * Begins a search; everything that was learnt is forgotten.
     *
     * @param mean  {@code [n]} where the search begins. Not modified.
     * @param sigma standard deviation of every variable at the start, more than 0; rescale variables whose ranges differ
     */
    void start(double[] mean, double sigma);

    /**
     * Writes some points of the current generation; the same ones for the same key.
     *
     * @param key    random key of the generation; another one for each
     * @param first  the first point, from 0
     * @param count  number of points; {@code first + count} is at most {@link #population}
     * @param points {@code [population x n]}, variable i of point k at {@code k * n + i}. Modified.
     */
    void ask(long key, int first, int count, double[] points);

    /**
     * Learns from the costs of the points 0 to {@code count - 1}, all of which were asked for with one key, and begins the next generation.
     *
     * @param count number of points, from 1 to {@link #population}; the weights are made for this number
     * @param costs {@code [count]}. Not modified.
     */
    void tell(int count, double[] costs);

    /** Returns variable {@code i} of the mean: the best guess of where the minimum is. */
    double mean(int i);

    /** Returns the standard deviation of variable {@code i} of the next points. */
    double deviation(int i);

    /** Returns how many points the last update effectively used, {@code (sum w)^2 / sum w^2} over the weights that move the mean. */
    double effectiveSize();

    /** Returns the population that is usual for a dimension, {@code 4 + floor(3 ln n)}; a planning call wants ten times as many. */
    static int usualPopulation(int dimension) {
        return 4 + (int) (3 * Math.log(dimension));
    }
}
