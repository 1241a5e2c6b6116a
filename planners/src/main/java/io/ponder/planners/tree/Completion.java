package io.ponder.planners.tree;

import static io.ponder.engine.tensor.SelectionKernels.LARGEST;
import static io.ponder.engine.tensor.SelectionKernels.LEAST;
import static io.ponder.engine.tensor.SelectionKernels.PRIOR_SUM;
import static io.ponder.engine.tensor.SelectionKernels.PRIOR_VALUE_SUM;
import static io.ponder.engine.tensor.SelectionKernels.STATISTICS;
import static io.ponder.engine.tensor.SelectionKernels.VISITED;
import static io.ponder.engine.tensor.SelectionKernels.VISIT_MAX;
import static io.ponder.engine.tensor.SelectionKernels.VISIT_SUM;

import java.util.Arrays;

/**
 * Applies {@link CompletedQ} to one node after the other: a visited edge's value v becomes {@code (v - low) * factor}. One
 * thread's.
 */
final class Completion {
    private final SearchContext context;
    private final CompletedQ rule;
    private final float[] statistics = new float[STATISTICS];

    float low;
    float factor;
    /** Transformed value of an edge without visits. */
    float unvisited;
    /** Largest transformed value. */
    float largest;
    float visitSum;
    /** The value that completes the untried edges, as it is. */
    float mixedValue;

    Completion(SearchContext context, CompletedQ rule) {
        this.context = context;
        this.rule = rule;
    }

    /** Computes the transform of a node. */
    void complete(int slot) {
        SearchTree tree = context.tree();
        int count = tree.edgesOf(slot);
        context.kernels().statistics(
                count, tree.prior, tree.edgeVisits, tree.edgeValue, tree.from(slot), Float.NaN, statistics);
        // Closed edges have visits and a prior of minus infinity.
        int closed = statistics[PRIOR_SUM] > Float.NEGATIVE_INFINITY ? 0 : openStatistics(slot, count);
        int counted = tree.openEdgesOf(slot) - closed;
        visitSum = statistics[VISIT_SUM];
        float raw = tree.rawValue[slot];
        float least = statistics[LEAST];
        float most = statistics[LARGEST];
        boolean any = statistics[VISITED] > 0;
        mixedValue = rule.mixed() && any
                ? (raw + visitSum * (statistics[PRIOR_VALUE_SUM] / statistics[PRIOR_SUM])) / (1 + visitSum)
                : raw;
        float scale = (float) ((rule.maxVisitInit() + statistics[VISIT_MAX]) * rule.valueScale());
        // The mixed value lies between the network's and the visited edges' values; mostly the range need not wait for it.
        if (statistics[VISITED] != counted && !(raw >= least && raw <= most)) {
            least = Math.min(least, mixedValue);
            most = Math.max(most, mixedValue);
        }
        if (rule.rescale()) {
            low = least;
            factor = scale / Math.max(most - low, (float) rule.leastRange());
        } else {
            low = 0;
            factor = scale;
        }
        unvisited = (mixedValue - low) * factor;
        largest = (most - low) * factor;
    }

    /** Computes the statistics of the edges that are not closed, and returns how many are. */
    private int openStatistics(int slot, int count) {
        SearchTree tree = context.tree();
        Arrays.fill(statistics, 0);
        statistics[LEAST] = Float.POSITIVE_INFINITY;
        statistics[LARGEST] = Float.NEGATIVE_INFINITY;
        int closed = 0;
        int from = tree.from(slot);
        for (int i = from; i < from + count; i++) {
            int n = tree.edgeVisits[i];
            if (n == 0) continue;
            float prior = tree.prior[i];
            if (prior == SearchTree.ILLEGAL) {
                closed++;
                continue;
            }
            statistics[LEAST] = Math.min(statistics[LEAST], tree.edgeValue[i]);
            statistics[LARGEST] = Math.max(statistics[LARGEST], tree.edgeValue[i]);
            statistics[PRIOR_SUM] += prior;
            statistics[PRIOR_VALUE_SUM] += prior * tree.edgeValue[i];
            statistics[VISIT_SUM] += n;
            statistics[VISIT_MAX] = Math.max(statistics[VISIT_MAX], n);
            statistics[VISITED]++;
        }
        return closed;
    }

    /** Returns the transformed value of an edge of the node that was completed last. */
    float transformed(int place) {
        SearchTree tree = context.tree();
        return tree.edgeVisits[place] > 0 ? (tree.edgeValue[place] - low) * factor : unvisited;
    }
}
