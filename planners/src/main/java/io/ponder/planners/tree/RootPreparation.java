package io.ponder.planners.tree;

import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/**
 * Gives roots their priors: the model's logits, then noise, then the mask of the request, in mctx's order. One thread's.
 *
 * <p>Noise is mixed into probabilities over all actions; what it gives to masked ones is lost by renormalising.
 */
final class RootPreparation {
    /** The smallest normal float: what a probability of 0 is taken for before its logarithm. */
    private static final float SMALLEST = 0x1p-126f;
    private static final long STREAM = 0x47554D42454CL;

    private final SearchContext context;
    private final SearchRecipe recipe;
    private final double gumbelScale;
    private final float[] drawn;

    RootPreparation(SearchContext context, SearchRecipe recipe) {
        this.context = context;
        this.recipe = recipe;
        gumbelScale = recipe.root().gumbelScale();
        drawn = new float[context.tree().width];
    }

    /**
     * Prepares the root that was written to a slot from column k, and returns how many of its logits were NaN or plus infinity.
     *
     * @param given logits {@code [edges x columns]}. Not modified.
     *
     * @throws IllegalArgumentException if the mask leaves no legal action
     */
    int prepare(PlanRequest request, RootNoise noise, int row, int slot, float[] given, int columns, int k) {
        SearchTree tree = context.tree();
        Roots roots = context.roots();
        int offset = row * roots.width;
        Arrays.fill(roots.logits, offset, offset + roots.width, Float.NEGATIVE_INFINITY);
        Arrays.fill(roots.gumbel, offset, offset + roots.width, 0);
        int from = tree.from(slot);
        Arrays.fill(tree.prior, from, from + tree.width, SearchTree.ILLEGAL);
        roots.legal[row] = 0;
        if (roots.returns != null) roots.returns.clear(row);
        roots.begin(tree, row, slot);
        if (tree.kind[slot] == NodeKind.TERMINAL) return 0;
        int count = tree.allEdgesOf(slot);
        int broken = copyLogits(given, columns, k, roots.logits, offset, count);
        if (tree.kind[slot] != NodeKind.CHANCE) {
            boolean random = request.explore() || noise.given();
            if (recipe.noise() != null && random) mixNoise(recipe.noise(), noise, row, offset, count);
            mask(request, row, offset, count);
            if (gumbelScale > 0 && random) drawGumbel(noise, row, offset, count);
        }
        int found = context.kernels().priors(count, roots.logits, offset, 1, tree.prior, from);
        roots.legal[row] = found & 0xFFFF;
        if (roots.legal[row] == 0) {
            if (tree.actionSize > 0 && request.illegal() != null && tree.kind[slot] == NodeKind.DECISION) {
                throw new WrongRequestException("Row " + row + " has no legal action among those that were sampled for"
                        + " its root.\nMaybe sample more actions.");
            }
            // The model leaves nothing to do: the root is a leaf.
            tree.kind[slot] = NodeKind.TERMINAL;
        }
        if (tree.kind[slot] == NodeKind.SIMULTANEOUS && tree.joint != null) tree.joint.open(slot, roots.visitsBefore[row] > 0);
        int likeliest = 0;
        for (int a = 1; a < count; a++) if (roots.logits[offset + a] > roots.logits[offset + likeliest]) likeliest = a;
        roots.likeliest[row] = likeliest;
        roots.combine(row, count);
        return broken;
    }

    /**
     * Copies column k; what is not a number is illegal, unless nothing else is there: then every such action is as good as
     * another.
     */
    private static int copyLogits(float[] given, int columns, int k, float[] logits, int offset, int count) {
        int broken = 0;
        boolean any = false;
        for (int a = 0; a < count; a++) {
            float logit = given[a * columns + k];
            boolean bad = !(logit < Float.POSITIVE_INFINITY);
            if (bad) broken++;
            logits[offset + a] = bad ? Float.NEGATIVE_INFINITY : logit;
            any |= logits[offset + a] > Float.NEGATIVE_INFINITY;
        }
        for (int a = 0; broken > 0 && !any && a < count; a++) {
            if (given[a * columns + k] != Float.NEGATIVE_INFINITY) logits[offset + a] = 0;
        }
        return broken;
    }

    private void mixNoise(DirichletNoise dirichlet, RootNoise noise, int row, int offset, int count) {
        Roots roots = context.roots();
        float[] logits = roots.logits;
        if (noise.given()) {
            noise.copy(row, drawn, 0, count);
        } else {
            dirichlet.draw(roots.keys[row], drawn, 0, count);
        }
        float largest = Float.NEGATIVE_INFINITY;
        for (int a = offset; a < offset + count; a++) largest = Math.max(largest, logits[a]);
        double sum = 0;
        for (int a = offset; a < offset + count; a++) sum += Math.exp(logits[a] - largest);
        for (int a = 0; a < count; a++) {
            float logit = logits[offset + a];
            if (logit == Float.NEGATIVE_INFINITY) continue;
            double mixed = (1 - dirichlet.fraction()) * (Math.exp(logit - largest) / sum) + dirichlet.fraction() * drawn[a];
            logits[offset + a] = (float) Math.log(Math.max(mixed, SMALLEST));
        }
    }

    private void mask(PlanRequest request, int row, int offset, int count) {
        boolean[] illegal = request.illegal();
        if (illegal == null || context.tree().actionSize > 0) return;
        float[] logits = context.roots().logits;
        boolean any = false;
        for (int a = 0; a < count; a++) {
            if (illegal[a * request.rows() + row]) logits[offset + a] = Float.NEGATIVE_INFINITY;
            any |= logits[offset + a] > Float.NEGATIVE_INFINITY;
        }
        if (!any) refuse(row);
    }

    /**
     * Masks the model's logits {@code [actions x rows]} of the roots before actions are proposed from them. Where no logit of
     * a decision is a number, those that are NaN or plus infinity count as equal.
     *
     * @throws IllegalArgumentException if the mask leaves a decision no legal action
     */
    static void maskBefore(PlanRequest request, int actions, int first, NodeBuffer nodes) {
        boolean[] illegal = request.illegal();
        int columns = nodes.columns();
        for (int k = 0; k < columns; k++) {
            if (nodes.kind()[k] != NodeKind.DECISION) continue;
            boolean any = false;
            boolean number = false;
            for (int a = 0; a < actions; a++) {
                int place = a * columns + k;
                if (illegal != null && illegal[a * request.rows() + first + k]) nodes.logits()[place] = Float.NEGATIVE_INFINITY;
                any |= nodes.logits()[place] != Float.NEGATIVE_INFINITY;
                number |= Float.isFinite(nodes.logits()[place]);
            }
            if (illegal != null && !any) refuse(first + k);
            for (int a = 0; any && !number && a < actions; a++) {
                if (nodes.logits()[a * columns + k] != Float.NEGATIVE_INFINITY) nodes.logits()[a * columns + k] = 0;
            }
        }
    }

    private static void refuse(int row) {
        throw new WrongRequestException("Row " + row + " has no legal action left by the mask of the request and the model."
                + "\nMaybe the mask marks legal actions: true means illegal.");
    }

    private void drawGumbel(RootNoise noise, int row, int offset, int count) {
        float[] gumbel = context.roots().gumbel;
        if (noise.given()) {
            noise.copy(row, gumbel, offset, count);
        } else {
            long key = CounterRandom.key(context.roots().keys[row], STREAM);
            for (int a = 0; a < count; a++) gumbel[offset + a] = CounterRandom.gumbel((int) key, (int) (key >>> 32), a, 0);
        }
        for (int a = 0; a < count; a++) gumbel[offset + a] *= (float) gumbelScale;
    }
}
