package io.ponder.planners.tree;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import java.util.Arrays;

/** Reads the answers off the trees: decision, policy to teach, statistics of the roots, principal variation. One thread's. */
final class RootAnswers {
    private final SearchTree tree;
    private final Roots roots;
    private final SearchResult result;
    private final Plan plan;
    private final RootDecision.Decider decider;
    private final PolicyTarget.Writer target;
    private final float[] scratch;
    private final float[] shares;

    RootAnswers(SearchContext context, SearchRecipe recipe, SearchResult result, Plan plan) {
        tree = context.tree();
        roots = context.roots();
        this.result = result;
        this.plan = plan;
        decider = recipe.decision().decider(context);
        target = recipe.target().writer(context);
        scratch = new float[tree.width];
        shares = new float[tree.joint == null ? 0 : tree.joint.size];
    }

    /** Writes the answer of a row. */
    void answer(PlanRequest request, int row) {
        int slot = row * tree.capacity;
        boolean over = tree.kind[slot] == NodeKind.TERMINAL;
        Arrays.fill(scratch, 0);
        JointStatistics joint = tree.kind[slot] == NodeKind.SIMULTANEOUS ? tree.joint : null;
        int chosen = over || joint != null ? Selector.NONE : certain(row, slot);
        boolean lost = !over && chosen < 0 && (joint == null ? MostVisited.best(tree, row, slot) < 0 : joint.allShut(slot));
        if (lost) {
            // Nothing behind any action was a number: what is left is the policy.
            chosen = roots.likeliest[row];
            scratch[chosen] = 1;
        }
        if (joint != null && !lost) {
            // Who always does the same can be beaten: the decision is the average strategy, explored or not.
            chosen = joint.decide(request.keys()[row], slot);
            joint.write(slot, shares, scratch);
        } else if (!over && chosen < 0) {
            chosen = decider.decide(row, slot, request.explore(), scratch);
        }
        result.chosenEdge[row] = chosen;
        spread(row, result.probabilities);
        if (!over && joint == null && !lost) target.write(row, slot, scratch);
        spread(row, result.policy);
        for (int a = 0; a < tree.width; a++) {
            int from = tree.from(slot) + a;
            int to = a * tree.rows + row;
            result.visitCounts[to] = tree.edgeVisits[from];
            result.edgeValues[to] = tree.edgeValue[from];
            result.priors[to] = Math.max(0, tree.priorOf(from));
        }
        for (int p = 0; p < tree.players; p++) {
            float value = tree.players == 1 ? tree.value[slot] : tree.values[slot * tree.players + p];
            result.rootValues[p * tree.rows + row] = tree.proofs == null ? value : tree.proofs.bounded(slot, p, value);
        }
        plan.predictedReturn()[row] = value(slot);
        plan.diagnostics().bestReturn()[row] = chosen < 0 ? 0 : tree.edgeValue[tree.place(slot, chosen)];
        plan.diagnostics().meanReturn()[row] = value(slot);
        writeActions(row, slot, chosen);
    }

    /**
     * Answers for a row whose root could not be evaluated: the first legal action of a discrete model, zeros of a continuous
     * one.
     */
    void giveUp(PlanRequest request, int row) {
        Arrays.fill(scratch, 0);
        int chosen = 0;
        boolean[] illegal = request.illegal();
        if (illegal != null && tree.actionSize == 0) {
            while (chosen + 1 < tree.width && illegal[chosen * tree.rows + row]) chosen++;
        }
        result.chosenEdge[row] = chosen;
        result.simulations[row] = 0;
        for (int a = 0; a < tree.width; a++) {
            int to = a * tree.rows + row;
            result.visitCounts[to] = 0;
            result.edgeValues[to] = 0;
            result.priors[to] = 0;
        }
        for (int p = 0; p < tree.players; p++) result.rootValues[p * tree.rows + row] = 0;
        scratch[chosen] = 1;
        spread(row, result.probabilities);
        spread(row, result.policy);
        plan.predictedReturn()[row] = Float.NEGATIVE_INFINITY;
        plan.diagnostics().bestReturn()[row] = Float.NEGATIVE_INFINITY;
        plan.diagnostics().meanReturn()[row] = Float.NaN;
        for (int i = row; i < plan.sequence().length; i += tree.rows) plan.sequence()[i] = Float.NaN;
        for (int a = 0; a < plan.actionSize(); a++) {
            float action = tree.actionSize == 0 ? chosen : 0;
            plan.actions()[a * tree.rows + row] = action;
            plan.sequence()[a * tree.rows + row] = action;
        }
    }

    /** Returns an edge that is proven to be as good as any, with probability 1; {@link Selector#NONE} where none is. */
    private int certain(int row, int slot) {
        Proofs proofs = tree.proofs;
        if (proofs == null || tree.kind[slot] != NodeKind.DECISION) return Selector.NONE;
        int best = MostVisited.best(tree, row, slot);
        if (best < 0 || !proofs.provenEdge(row, slot, best) || !proofs.unbeatable(row, slot, best)) return Selector.NONE;
        scratch[best] = 1;
        return best;
    }

    /** Returns what a root is worth to whoever moves there. */
    private float value(int slot) {
        return tree.proofs == null ? tree.value[slot] : tree.proofs.bounded(slot, tree.objective(slot, slot), tree.value[slot]);
    }

    private void spread(int row, float[] out) {
        for (int a = 0; a < tree.width; a++) out[a * tree.rows + row] = scratch[a];
    }

    /** Writes the chosen action, then the principal variation: the most visited edges from there on, as far as the tree goes. */
    private void writeActions(int row, int root, int chosen) {
        int rows = tree.rows;
        for (int a = 0; a < plan.actionSize(); a++) plan.actions()[a * rows + row] = action(root, chosen, a);
        int slot = root;
        int edge = chosen;
        int t = 0;
        while (t < plan.horizon() && edge >= 0) {
            if (tree.kind[slot] != NodeKind.CHANCE) {
                for (int a = 0; a < plan.actionSize(); a++) {
                    plan.sequence()[(t * plan.actionSize() + a) * rows + row] = action(slot, edge, a);
                }
                t++;
            }
            int child = tree.child[tree.place(slot, edge)];
            if (child < 0) break;
            slot = row * tree.capacity + child;
            edge = tree.kind[slot] == NodeKind.TERMINAL ? Selector.NONE : MostVisited.best(tree, row, slot);
            if (edge >= 0 && tree.edgeVisits[tree.place(slot, edge)] == 0) edge = Selector.NONE;
        }
        for (; t < plan.horizon(); t++) {
            for (int a = 0; a < plan.actionSize(); a++) plan.sequence()[(t * plan.actionSize() + a) * rows + row] = Float.NaN;
        }
    }

    private float action(int slot, int edge, int dimension) {
        if (edge < 0 || tree.actionSize == 0) return edge;
        return tree.actions[(slot * tree.width + edge) * tree.actionSize + dimension];
    }
}
