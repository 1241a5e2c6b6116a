package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Chooses at the root by sequential halving over the actions with the largest {@code Gumbel noise + logit + transformed Q}, without a list
 * of survivors: in each simulation, the best among the actions with exactly the number of visits that the schedule asks for (Gumbel
 * MuZero, Danihelka and others 2022, algorithm 2).
 *
 * <p>Where a subtree was kept, the halving is over the visits of this search; what is known from before counts in the values.
 *
 * <p>The schedule is that of the simulations of the recipe, or of the fewer that the budget affords. With a limit of the time it is planned
 * anew after every round, from the time that simulations have taken so far, so that the halvings are done when the time is over.
 *
 * @param maxConsidered actions considered at most, at least 1; never more than are legal
 * @param noiseScale    factor of the Gumbel noise, at least 0; the noise is drawn where the request explores
 * @param values        completes and scales Q
 */
public record GumbelHalving(int maxConsidered, double noiseScale, CompletedQ values) implements SelectionRule {
    /** mctx's defaults. */
    public static final GumbelHalving DEFAULT = new GumbelHalving(16, 1, CompletedQ.DEFAULT);

    public GumbelHalving {
        Checks.positive("maxConsidered", maxConsidered);
        Checks.inRange("noiseScale", noiseScale, 0, 1e9);
    }

    @Override
    public double gumbelScale() {
        return noiseScale;
    }

    @Override
    public void values(SearchContext context, int row, int slot, float[] out) {
        var completion = new Completion(context, values);
        completion.complete(slot);
        int from = context.tree().from(slot);
        for (int a = 0; a < context.tree().allEdgesOf(slot); a++) out[a] = completion.transformed(from + a);
    }

    @Override
    public Selector selector(SearchContext context) {
        SearchTree tree = context.tree();
        Roots roots = context.roots();
        var completion = new Completion(context, values);
        var rounds = new HalvingRounds(tree.rows);
        return (row, slot) -> {
            int required = rounds.required(
                    row, Math.min(maxConsidered, roots.legal[row]), roots.planned[row], roots.expected[row],
                    tree.visits[slot] - 1 - roots.visitsBefore[row]);
            int edge = choose(context, completion, row, slot, required);
            // Edges were closed, and none of the others has so many visits: the best of the most visited ones goes on.
            return edge >= 0 ? edge : choose(context, completion, row, slot, roots.mostVisits(tree, row, slot));
        };
    }

    private static int choose(SearchContext context, Completion completion, int row, int slot, int required) {
        SearchTree tree = context.tree();
        Roots roots = context.roots();
        if (roots.visitsBefore[row] > 0) return chooseKept(context, completion, row, slot, required);
        // Untried edges are all worth the same, so their values need not be known.
        if (required > 0) completion.complete(slot);
        return context.kernels().halving(
                tree.edgesOf(slot), roots.base, row * roots.width, tree.edgeVisits, tree.edgeValue, tree.from(slot), required,
                completion.low, completion.factor, required > 0 ? completion.unvisited : 0);
    }

    /** The same where edges have visits from earlier searches: this search's count, and all values do. */
    private static int chooseKept(SearchContext context, Completion completion, int row, int slot, int required) {
        SearchTree tree = context.tree();
        Roots roots = context.roots();
        completion.complete(slot);
        int chosen = Selector.NONE;
        float best = Float.NEGATIVE_INFINITY;
        for (int a = 0; a < tree.edgesOf(slot); a++) {
            if (roots.newVisits(tree, row, slot, a) != required) continue;
            float score = roots.base[row * roots.width + a] + completion.transformed(tree.from(slot) + a);
            if (score > best) {
                best = score;
                chosen = a;
            }
        }
        return chosen;
    }
}
