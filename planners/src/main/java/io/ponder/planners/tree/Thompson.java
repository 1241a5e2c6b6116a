package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.SelectionKernels;

/**
 * Chooses at the root by Thompson sampling (Thompson 1933): draws a value for every edge from what the returns so far say of
 * its mean, and takes the largest, so that an edge is taken as often as it is likely to be the best. With few simulations it
 * loses less than the textbook's {@link Ucb1}, which must first try every edge; a finite first play there can lose less
 * still.
 *
 * <p>The returns through an edge count as normal with unknown mean and variance. The prior is worth {@code weight} returns
 * with mean {@code m0} (the first play) and variance {@code spread^2}; after n returns with mean m and squared deviations S,
 * the mean of the edge is drawn from a normal with
 * <pre>
 *   mean      (weight m0 + n m) / (weight + n)
 *   variance  (weight spread^2 + S + (m - m0)^2 weight n / (weight + n)) / (weight + n) / (weight + n)
 * </pre>
 * the normal-gamma posterior with its expected precision (DeGroot 1970, section 9.6). With {@link FirstPlay#INFINITE} every
 * edge is tried once first, and m0 does not count. Where a subtree was kept, m and n are those of all simulations, S and its
 * count those of this call.
 *
 * <p>Random numbers come from the key of the row and the visits of the root. Only for roots: the squared deviations are kept
 * nowhere else.
 *
 * @param spread    standard deviation of a return where nothing is known, in units of the scaled Q, at least 0
 * @param weight    returns that the prior is worth, greater than 0
 * @param transform scales Q
 * @param firstPlay mean of an edge before its first return
 */
public record Thompson(double spread, double weight, QTransform transform, FirstPlay firstPlay) implements SelectionRule {
    /** For returns between -1 and 1: one imagined return of the root's own evaluation, give or take 1. */
    public static final Thompson DEFAULT = new Thompson(1, 1, FixedRange.IDENTITY, FirstPlay.RAW_VALUE);

    private static final long STREAM = 0x54484F4D50534F4EL;

    public Thompson {
        Checks.inRange("spread", spread, 0, 1e9);
        Checks.positive("weight", weight);
    }

    /** Returns this rule with another standard deviation of a return where nothing is known. */
    public Thompson withSpread(double newSpread) {
        return new Thompson(newSpread, weight, transform, firstPlay);
    }

    /** Returns this rule with another mean of an edge before its first return. */
    public Thompson withFirstPlay(FirstPlay newFirstPlay) {
        return new Thompson(spread, weight, transform, newFirstPlay);
    }

    @Override
    public boolean readsReturns() {
        return true;
    }

    @Override
    public void values(SearchContext context, int row, int slot, float[] out) {
        transform.values(context, firstPlay, row, slot, out);
    }

    @Override
    public Selector selector(SearchContext context) {
        float[] bounds = new float[SelectionKernels.STATISTICS];
        return (row, slot) -> select(context, bounds, row, slot);
    }

    private int select(SearchContext context, float[] bounds, int row, int slot) {
        SearchTree tree = context.tree();
        RootReturns returns = context.roots().returns();
        transform.bounds(context, row, slot, bounds);
        float low = bounds[QTransform.LOW];
        double factor = 1 / Math.max(bounds[QTransform.HIGH] - low, transform.leastRange());
        float first = firstPlay.value(context, slot, low);
        boolean tries = Float.isInfinite(first);
        double prior = tries ? 0 : (first - low) * factor;
        double pull = tries ? 0 : weight;
        long key = CounterRandom.key(context.roots().keys[row], STREAM);
        long block = 0;
        int drawn = -1;
        int chosen = Selector.NONE;
        double best = Double.NEGATIVE_INFINITY;
        int offset = tree.from(slot);
        int count = tree.edgesOf(slot);
        for (int a = 0; a < count; a++) {
            if (tree.prior[offset + a] == SearchTree.ILLEGAL) continue;
            int n = tree.edgeVisits[offset + a];
            if (n == 0 && tries) return a;
            if (drawn != a >>> 1) {
                drawn = a >>> 1;
                block = CounterRandom.block((int) key, (int) (key >>> 32), tree.visits[slot], drawn);
            }
            double mean = prior;
            double squares = weight * spread * spread + returns.squares(row, a) * factor * factor;
            if (n > 0) {
                double value = (tree.edgeValue[offset + a] - low) * factor;
                mean = (pull * prior + n * value) / (pull + n);
                squares += (value - prior) * (value - prior) * pull * n / (pull + n);
            }
            double variance = squares / (weight + returns.count(row, a)) / (pull + n);
            double score = mean + Math.sqrt(variance) * CounterRandom.normal(block, a & 1);
            if (score > best) {
                best = score;
                chosen = a;
            }
        }
        return chosen;
    }
}
