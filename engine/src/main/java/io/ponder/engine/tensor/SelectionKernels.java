package io.ponder.engine.tensor;

/**
 * Chooses edges of tree-search nodes: one call scans all edges of one node.
 *
 * <p>The edges of a node are entries {@code offset .. offset + width - 1} of three arrays: the prior probability (minus infinity where the
 * action is illegal), the number of visits, and the value of each edge (any finite number where there were no visits). A choice is the
 * edge with the largest score, among equals the one with the lowest index, and {@link #NONE} where every edge is illegal.
 *
 * <p>Edge values enter a score as {@code (value - low) * factor}; an edge without visits enters with {@code unvisited}, which may be
 * infinite. Plain and vector kernels agree to rounding. The result for a node depends on nothing but its edges.
 *
 * <p>Thread-safe, allocation-free. Arguments are not checked beyond the bounds of the arrays.
 */
public interface SelectionKernels {
    /** What is chosen where there is no legal edge. */
    int NONE = -1;

    /** Place of the least value of a visited edge in the statistics of a node. */
    int LEAST = 0;
    /** Place of the largest value of a visited edge. */
    int LARGEST = 1;
    /** Place of the sum of the priors of the visited edges. */
    int PRIOR_SUM = 2;
    /** Place of the sum of prior times value over the visited edges. */
    int PRIOR_VALUE_SUM = 3;
    /** Place of the sum of the visits. */
    int VISIT_SUM = 4;
    /** Place of the largest number of visits. */
    int VISIT_MAX = 5;
    /** Place of the number of visited edges. */
    int VISITED = 6;
    /** Length of the statistics of a node. */
    int STATISTICS = 7;

    /** Returns the implementation for the kernels that this process uses ({@link KernelChoice#current()}). */
    static SelectionKernels get() {
        return SelectionChoice.CHOSEN;
    }

    /** Returns the plain Java implementation, which is always there. */
    static SelectionKernels plain() {
        return PlainSelection.INSTANCE;
    }

    /** Returns the edge with the largest {@code transformed value + exploration * prior / (visits + 1)}. */
    int puct(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float exploration);

    /**
     * Does {@link #puct} with values scaled to [0, 1] between the least and the largest of {@code own} and the visited edges' values,
     * and 0 for an edge without visits: the rule of mctx, in one call.
     *
     * @param leastRange smallest divisor
     */
    int puctAmongSiblings(
            int width, float[] prior, int[] visits, float[] value, int offset, float own, float leastRange, float exploration);

    /** Returns the edge with the largest {@code transformed value + sqrt(exploration / visits)}; {@code unvisited} where there are none. */
    int ucb(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float exploration);

    /** Returns the edge with the largest {@code prior / (visits + 1)}: the deterministic choice of chance outcomes. */
    int quota(int width, float[] prior, int[] visits, int offset);

    /**
     * Returns the edge with the largest prior.
     *
     * @param others one entry: receives the sum of the priors of all other legal edges. Modified.
     */
    int largest(int width, float[] prior, int offset, float[] others);

    /**
     * Writes the statistics of a node.
     *
     * @param start what the least and the largest value start from; an infinity or NaN is none, and then, without a visited edge,
     *              {@code LEAST} is plus and {@code LARGEST} minus infinity
     * @param out   {@link #STATISTICS} entries. Modified.
     */
    void statistics(int width, float[] prior, int[] visits, float[] value, int offset, float start, float[] out);

    /**
     * Returns the edge with the largest {@code softmax(ln prior + t) - visits / (1 + visitSum)}, t being the transformed values: the
     * interior rule of Gumbel MuZero (Danihelka and others 2022, equation 14).
     *
     * @param largest  at least the largest transformed value, at which the exponentials are anchored
     * @param visitSum sum of the visits
     * @param others   sum of the priors of further edges without visits, none of which is likelier than all of these
     * @param scratch  {@code [width]}. Modified.
     */
    int gumbelInterior(
            int width, float[] prior, int[] visits, float[] value, int offset,
            float low, float factor, float unvisited, float largest, float visitSum, float others, float[] scratch);

    /**
     * Returns, among the edges with exactly {@code required} visits, the one with the largest {@code base + transformed value}: sequential
     * halving at a root.
     *
     * @param base       scores without values, minus infinity where the action is illegal. Not modified.
     * @param baseOffset place of the first
     */
    int halving(
            int width, float[] base, int baseOffset, int[] visits, float[] value, int offset, int required,
            float low, float factor, float unvisited);

    /**
     * Writes the softmax of logits to consecutive places, minus infinity where the logit is minus infinity, and counts what is legal. A
     * logit that is NaN or plus infinity is taken as illegal.
     *
     * @param logits       logit i is entry {@code logitOffset + i * logitStride}. Not modified.
     * @param prior        receives {@code count} entries. Modified.
     * @return the number of legal edges in the low 16 bits, above them the number of logits that were NaN or plus infinity
     */
    int priors(int count, float[] logits, int logitOffset, int logitStride, float[] prior, int priorOffset);
}
