package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Decides for the most visited edge; where the request explores, draws an edge with probability proportional to
 * {@code visits^(1 / temperature)}.
 *
 * @param temperature at least 0; 0 always takes the most visited edge, among equals the first
 */
public record MostVisited(double temperature) implements RootDecision {
    /** Temperature 1 where the request explores. */
    public static final MostVisited DEFAULT = new MostVisited(1);

    private static final long STREAM = 0x414354494F4EL;

    public MostVisited {
        Checks.inRange("temperature", temperature, 0, 1e9);
    }

    @Override
    public boolean byVisits() {
        return true;
    }

    @Override
    public Decider decider(SearchContext context) {
        return (row, slot, explore, probabilities) -> decide(context, row, slot, explore, probabilities);
    }

    private int decide(SearchContext context, int row, int slot, boolean explore, float[] probabilities) {
        SearchTree tree = context.tree();
        int offset = tree.from(slot);
        int count = tree.allEdgesOf(slot);
        Arrays.fill(probabilities, 0);
        int best = best(tree, row, slot);
        boolean open = !closed(tree, offset + best);
        if (!explore || temperature == 0 || tree.edgeVisits[offset + best] == 0 || !open) {
            probabilities[best] = 1;
            return best;
        }
        // Where values are proven, the best need not be the most visited: shares of the most visited are at most 1.
        int most = 0;
        for (int a = 0; a < count; a++) if (!closed(tree, offset + a)) most = Math.max(most, tree.edgeVisits[offset + a]);
        double sum = 0;
        for (int a = 0; a < count; a++) {
            double share = (double) tree.edgeVisits[offset + a] / most;
            double weight = share == 0 || closed(tree, offset + a) ? 0 : Math.exp(Math.log(share) / temperature);
            probabilities[a] = (float) weight;
            sum += weight;
        }
        for (int a = 0; a < count; a++) probabilities[a] /= (float) sum;
        long key = CounterRandom.key(context.roots().keys[row], STREAM);
        return CounterRandom.categorical(
                count, probabilities, 0, 1, CounterRandom.uniform((int) key, (int) (key >>> 32), 0, 0));
    }

    /** Tells whether an edge is closed by a proof: it is a loss or worse than another. */
    private static boolean closed(SearchTree tree, int place) {
        return tree.proofs != null && tree.prior[place] == SearchTree.ILLEGAL;
    }

    /**
     * Returns the first most visited edge, or {@link Selector#NONE} where none can be taken.
     *
     * <p>Where values are proven, an edge that is certainly worse than another is left out, and where the node's value is
     * certain, so is every edge that is not certain to reach it. Of the others it is the one with the highest certain value,
     * an unproven one counting as a draw, among equals the most visited, then the one with the higher value (as OpenSpiel
     * chooses).
     */
    static int best(SearchTree tree, int row, int slot) {
        Proofs proofs = tree.proofs;
        if (proofs == null || tree.kind[slot] != NodeKind.DECISION) return mostVisited(tree, slot);
        int offset = tree.from(slot);
        int count = tree.allEdgesOf(slot);
        float sure = proofs.surest(row, slot);
        boolean settled = sure >= proofs.most(row, slot);
        int best = Selector.NONE;
        for (int a = 0; a < count; a++) {
            if (!proofs.possible(slot, a)) continue;
            if ((settled ? proofs.edgeLow(row, slot, a) : proofs.edgeHigh(row, slot, a)) < sure) continue;
            if (best < 0) {
                best = a;
                continue;
            }
            int more = Float.compare(proofs.decisive(row, slot, a), proofs.decisive(row, slot, best));
            if (more == 0) more = Integer.compare(tree.edgeVisits[offset + a], tree.edgeVisits[offset + best]);
            if (more == 0) more = Float.compare(tree.edgeValue[offset + a], tree.edgeValue[offset + best]);
            if (more > 0) best = a;
        }
        return best;
    }

    /**
     * Returns the first most visited edge; where nothing was visited, the likeliest; {@link Selector#NONE} where nothing is
     * legal.
     */
    static int mostVisited(SearchTree tree, int slot) {
        int offset = tree.from(slot);
        int count = tree.listedEdgesOf(slot);
        if (count == 0) return Selector.NONE;
        int best = 0;
        for (int a = 1; a < count; a++) {
            int more = Integer.compare(tree.edgeVisits[offset + a], tree.edgeVisits[offset + best]);
            if (more == 0 && tree.edgeVisits[offset + a] == 0) {
                more = Float.compare(tree.prior[offset + a], tree.prior[offset + best]);
            }
            if (more > 0) best = a;
        }
        return tree.edgeVisits[offset + best] == 0 && tree.prior[offset + best] == SearchTree.ILLEGAL
                ? Selector.NONE : tree.edge(slot, best);
    }
}
