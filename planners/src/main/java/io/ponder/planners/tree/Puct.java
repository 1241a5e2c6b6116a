package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.SelectionKernels;
import org.jspecify.annotations.Nullable;

/**
 * Chooses by {@code Q + sqrt(N) * (init + ln((N + base + 1) / base)) * prior / (n + 1)}: MuZero's rule (Schrittwieser and
 * others 2020, equation 2), N being the visits of the node and n those of the edge.
 *
 * @param init       exploration constant, at least 0
 * @param base       visits at which exploration begins to grow, greater than 0; infinite for a constant
 * @param transform  scales Q
 * @param firstPlay  worth of an edge without visits
 * @param countsNode whether N counts the evaluation of the node itself, as mctx does. Without it, the prior does not matter
 *                   when a node is left for the first time.
 */
public record Puct(double init, double base, QTransform transform, FirstPlay firstPlay, boolean countsNode)
        implements SelectionRule {
    /** mctx's defaults. */
    public static final Puct DEFAULT = new Puct(1.25, 19652, SiblingRange.DEFAULT, FirstPlay.LOWER_BOUND, true);

    public Puct {
        Checks.inRange("init", init, 0, 1e9);
        if (!(base > 0)) throw new IllegalArgumentException("base is " + base + ", but it must be greater than 0.");
    }

    /** Returns this rule with other exploration constants. */
    public Puct withExploration(double newInit, double newBase) {
        return new Puct(newInit, newBase, transform, firstPlay, countsNode);
    }

    /** Returns this rule with another scaling of Q. */
    public Puct withTransform(QTransform newTransform) {
        return new Puct(init, base, newTransform, firstPlay, countsNode);
    }

    /** Returns this rule with another worth of untried edges. */
    public Puct withFirstPlay(FirstPlay newFirstPlay) {
        return new Puct(init, base, transform, newFirstPlay, countsNode);
    }

    /** Returns the factor of the prior at a node with so many visits. */
    float exploration(int nodeVisits) {
        int counted = countsNode ? nodeVisits : nodeVisits - 1;
        double growth = Double.isInfinite(base) ? 0 : Math.log((counted + base + 1) / base);
        return (float) (Math.sqrt(counted) * (init + growth));
    }

    @Override
    public @Nullable UntriedOrder untried() {
        if (firstPlay == FirstPlay.INFINITE) return UntriedOrder.LOWEST;
        // Without exploration all untried edges score the same.
        return exploration(1) > 0 ? UntriedOrder.LIKELIEST : null;
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
        float factor = exploration(tree.visits[slot]);
        int node = slot - row * tree.capacity;
        for (int a = 0; a < tree.allEdgesOf(slot); a++) {
            out[a] += factor * tree.prior(row, node, a) / (tree.edgeVisits(row, node, a) + 1);
        }
        return true;
    }

    @Override
    public Selector selector(SearchContext context) {
        return transform instanceof SiblingRange siblings && firstPlay == FirstPlay.LOWER_BOUND
                ? new AmongSiblings(context, new ExplorationTable(this, context.maxSimulations()), siblings.leastRange())
                : new General(context, this);
    }

    /** The default composition in one kernel call. */
    private static final class AmongSiblings implements Selector {
        private final SearchTree tree;
        private final SelectionKernels kernels;
        private final ExplorationTable exploration;
        private final float leastRange;

        AmongSiblings(SearchContext context, ExplorationTable exploration, float leastRange) {
            tree = context.tree();
            kernels = context.kernels();
            this.exploration = exploration;
            this.leastRange = leastRange;
        }

        @Override
        public int select(int row, int slot) {
            float factor = exploration.at(tree.visits[slot]);
            // Where no edge was tried, only the priors differ: most descents end at such a node.
            if (tree.visits[slot] == 1 && factor > 0) {
                return tree.edge(slot, kernels.quota(tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.from(slot)));
            }
            return tree.edge(slot, kernels.puctAmongSiblings(
                    tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.edgeValue, tree.from(slot),
                    tree.value[slot], leastRange, factor));
        }
    }

    /** Any composition. */
    private static final class General implements Selector {
        private final SearchContext context;
        private final Puct rule;
        private final ExplorationTable exploration;
        private final float[] bounds = new float[SelectionKernels.STATISTICS];

        General(SearchContext context, Puct rule) {
            this.context = context;
            this.rule = rule;
            exploration = new ExplorationTable(rule, context.maxSimulations());
        }

        @Override
        public int select(int row, int slot) {
            SearchTree tree = context.tree();
            rule.transform.bounds(context, row, slot, bounds);
            float low = bounds[QTransform.LOW];
            float factor = 1 / Math.max(bounds[QTransform.HIGH] - low, rule.transform.leastRange());
            float unvisited = (rule.firstPlay.value(context, slot, low) - low) * factor;
            return tree.edge(slot, context.kernels().puct(
                    tree.edgesOf(slot), tree.prior, tree.edgeVisits, tree.edgeValue, tree.from(slot),
                    low, factor, unvisited, exploration.at(tree.visits[slot])));
        }
    }
}
