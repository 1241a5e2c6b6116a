package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.SelectionKernels;

/**
 * Chooses by {@code Q + c * sqrt(ln N / n)}: UCB1 (Auer, Cesa-Bianchi and Fischer 2002) in trees (UCT, Kocsis and Szepesvari
 * 2006), N being the visits of all edges together and n those of the edge.
 *
 * @param exploration c, at least 0
 * @param transform   scales Q
 * @param firstPlay   worth of an edge without visits; {@link FirstPlay#INFINITE} is the textbook's
 */
public record Ucb1(double exploration, QTransform transform, FirstPlay firstPlay) implements SelectionRule {
    /** The textbook's rule with c = 1.4 for returns between -1 and 1. */
    public static final Ucb1 DEFAULT = new Ucb1(1.4, FixedRange.IDENTITY, FirstPlay.INFINITE);

    public Ucb1 {
        Checks.inRange("exploration", exploration, 0, 1e9);
    }

    @Override
    public UntriedOrder untried() {
        return UntriedOrder.LOWEST;
    }

    @Override
    public void values(SearchContext context, int row, int slot, float[] out) {
        transform.values(context, firstPlay, row, slot, out);
    }

    @Override
    public boolean scores(SearchContext context, int row, int slot, float[] out) {
        if (!transform.ofNode()) return false;
        values(context, row, slot, out);
        SearchTree tree = context.tree();
        // The visits of a node count its own evaluation as well.
        double logarithm = Math.log(Math.max(1, tree.visits[slot] - 1));
        int node = slot - row * tree.capacity;
        for (int a = 0; a < tree.allEdgesOf(slot); a++) {
            int visits = tree.edgeVisits(row, node, a);
            if (visits > 0) out[a] += (float) (exploration * Math.sqrt(logarithm / visits));
        }
        return true;
    }

    @Override
    public Selector selector(SearchContext context) {
        return transform.equals(FixedRange.IDENTITY) && firstPlay == FirstPlay.INFINITE
                ? new Textbook(context, exploration) : new Scan(context, this);
    }

    /** The textbook's composition: it ends at the first untried edge, and takes roots and logarithms from tables. */
    private static final class Textbook implements Selector {
        private static final int LARGEST = 1 << 14;

        private final SearchTree tree;
        private final double exploration;
        /** Entry N is {@code c * sqrt(ln N)}. */
        private final float[] reach;
        /** Entry n is {@code 1 / sqrt(n)}. */
        private final float[] inverseRoot;

        Textbook(SearchContext context, double exploration) {
            tree = context.tree();
            this.exploration = exploration;
            int size = Math.min(LARGEST, context.maxSimulations() + 2);
            reach = new float[size];
            inverseRoot = new float[size];
            for (int n = 1; n < size; n++) {
                reach[n] = (float) (exploration * Math.sqrt(Math.log(n)));
                inverseRoot[n] = (float) (1 / Math.sqrt(n));
            }
        }

        @Override
        public int select(int row, int slot) {
            // The visits of a node count its own evaluation as well.
            int all = Math.max(1, tree.visits[slot] - 1);
            float factor = all < reach.length ? reach[all] : (float) (exploration * Math.sqrt(Math.log(all)));
            float[] prior = tree.prior;
            int[] visits = tree.edgeVisits;
            float[] value = tree.edgeValue;
            int from = tree.from(slot);
            int to = from + tree.edgesOf(slot);
            int chosen = NONE;
            float best = Float.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                if (prior[i] == SearchTree.ILLEGAL) continue;
                int n = visits[i];
                if (n == 0) return tree.edge(slot, i - from);
                float root = n < inverseRoot.length ? inverseRoot[n] : (float) (1 / Math.sqrt(n));
                float score = value[i] + factor * root;
                if (score > best) {
                    best = score;
                    chosen = i - from;
                }
            }
            return tree.edge(slot, chosen);
        }
    }

    private static final class Scan implements Selector {
        private final SearchContext context;
        private final Ucb1 rule;
        private final float[] bounds = new float[SelectionKernels.STATISTICS];

        Scan(SearchContext context, Ucb1 rule) {
            this.context = context;
            this.rule = rule;
        }

        @Override
        public int select(int row, int slot) {
            SearchTree tree = context.tree();
            rule.transform.bounds(context, row, slot, bounds);
            float low = bounds[QTransform.LOW];
            float factor = 1 / Math.max(bounds[QTransform.HIGH] - low, rule.transform.leastRange());
            float unvisited = (rule.firstPlay.value(context, slot, low) - low) * factor;
            // The visits of a node count its own evaluation as well.
            double logarithm = Math.log(Math.max(1, tree.visits[slot] - 1));
            return tree.edge(slot, context.kernels().ucb(
                    tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.edgeValue, tree.from(slot),
                    low, factor, unvisited, (float) (rule.exploration * rule.exploration * logarithm)));
        }
    }
}
