package io.ponder.planners.tree;

import io.ponder.engine.game.GameRules;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.StopReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Searches a range of rows on one thread, block by block: simulate, expand, back up. Owns a fork of the model and the columns that go in
 * and out of it.
 */
final class TreeWorker {
    /** Separates the stream of proposals from the model's. */
    private static final long PROPOSALS = 0x50524F504F53414CL;
    private static final int NOTHING_MADE = -1;

    private final SearchTree tree;
    private final Roots roots;
    private final SearchRecipe recipe;
    private final SearchResult result;
    private final LatentHeads heads;
    private final @Nullable LeafEvaluator leaf;
    private final @Nullable GameExpansion rules;
    private final @Nullable Proofs proofs;
    private final @Nullable JointStatistics joint;
    private final SimultaneousRule.@Nullable Players together;
    private final @Nullable PositionGraph graph;
    /** Model steps of a step, and of the evaluation of a leaf. */
    private final int stepCost;
    private final int leafSteps;
    private final RootPreparation preparation;
    private final BackUp backUp;
    private final NodeWriter writer;
    private final RootAnswers answers;
    private final Selector root;
    private final Selector interior;
    private final Selector chance;
    private final @Nullable NextEdges next;
    private final boolean profiled;
    private final int block;

    private final ModelState parents;
    private final byte[] parentKinds;
    private final float[] actions;
    private final ColumnKeys keys;
    /** The keys of the block's rows. */
    private final ColumnKeys rootKeys;
    private final StepBuffer step;
    private final NodeBuffer nodes;
    private final ActionSource.@Nullable Proposer proposer;
    private final EdgeBuffer edges;
    private final ColumnKeys proposalKeys;
    private final int modelActions;

    /** Rows of the block that are still searched, and where their current simulation ended. */
    private final int[] searched;
    private final int[] leafSlot;
    private final int[] leafEdge;
    /** The slot of the node that was made there from the rules of a game; {@link #NOTHING_MADE} where there was no room. */
    private final int[] made;
    private final float[] hidden;
    private int active;
    private int firstRow;
    /** Places in {@link #searched} of the rows that need the model. */
    private final int[] column;
    private int columns;

    private final BudgetMeter meter;
    private long deadline;
    private final SimulationPace pace = new SimulationPace();
    private boolean untilDecided;
    private @Nullable StopReason stopped;
    long modelSteps;
    long nonFinite;
    private long selectNanos;
    private long modelNanos;
    private long backUpNanos;

    TreeWorker(
            SearchContext context, SearchRecipe recipe, WorldModel model, SearchResult result, Plan plan, BudgetMeter meter,
            SearchExecution execution, int block) {
        this.recipe = recipe;
        this.result = result;
        this.block = block;
        profiled = execution.profiled();
        this.meter = meter;
        tree = context.tree();
        proofs = tree.proofs;
        joint = tree.joint;
        together = joint == null ? null : recipe.backUp().simultaneous().players(context);
        roots = context.roots();
        LatentHeads offered = model.as(LatentHeads.class);
        heads = offered != null ? offered : new UniformHeads(model);
        leaf = recipe.leaf() == null ? null : recipe.leaf().fork();
        rules = recipe.actions().listsAll() ? GameExpansion.of(tree, model, leaf) : null;
        graph = recipe.backUp().transpositions() ? graph(model, block) : null;
        stepCost = model.stepCost();
        leafSteps = leaf == null ? 0 : leaf.modelStepsPerColumn();
        preparation = new RootPreparation(context, recipe);
        backUp = new BackUp(tree, roots, together);
        writer = new NodeWriter(tree, context.kernels(), recipe.actions().listsAll() ? 0 : model.spec().actionCount());
        answers = new RootAnswers(context, recipe, result, plan);
        root = recipe.root().selector(context);
        interior = recipe.interior().selector(context);
        chance = recipe.chance().selector(context);
        next = tree.lists == null ? null : new NextEdges(tree, tree.lists, context.kernels(), recipe);
        parents = new ModelState(model.spec(), block);
        parentKinds = new byte[block];
        actions = new float[model.spec().actionSize() * block];
        keys = new ColumnKeys(block);
        rootKeys = new ColumnKeys(block);
        step = new StepBuffer(model.spec(), block);
        nodes = new NodeBuffer(model.spec(), heads, block);
        modelActions = model.spec().actionCount();
        proposer = recipe.actions().listsAll() ? null : recipe.actions().proposer(model, block);
        edges = new EdgeBuffer(tree.actionCount, tree.actionSize, proposer == null ? 1 : block);
        proposalKeys = new ColumnKeys(block);
        searched = new int[block];
        leafSlot = new int[block];
        leafEdge = new int[block];
        made = new int[block];
        hidden = new float[tree.width];
        column = new int[block];
    }

    private PositionGraph graph(WorldModel model, int rowsOfBlock) {
        GameRules known = model.as(GameRules.class);
        if (known == null || rules == null) {
            throw new IllegalArgumentException("Nodes are to be shared by positions, but the model is not the rules of a game (GameRules),"
                    + " or the leaf evaluation does not take positions.\nMaybe search without transpositions.");
        }
        return new PositionGraph(tree, roots, known.game(), rowsOfBlock, together);
    }

    /** Searches the rows {@code from .. to - 1}. */
    void search(PlanRequest request, RootNoise noise, boolean decide, int from, int to) {
        modelSteps = 0;
        nonFinite = 0;
        selectNanos = 0;
        modelNanos = 0;
        backUpNanos = 0;
        stopped = null;
        untilDecided = decide;
        for (int first = from; first < to; first += block) {
            int last = Math.min(to, first + block);
            // Blocks that follow get their share of the time that is left.
            long left = meter.nanosLeft();
            deadline = left == Long.MAX_VALUE ? left : meter.elapsedNanos() + share(left, last - first, to - first);
            plant(request, noise, first, last);
            simulate();
            for (int row = first; row < last; row++) answers.answer(request, row);
        }
    }

    /** Returns {@code whole * part / parts}, also where the product is too large for a long. */
    static long share(long whole, int part, int parts) {
        return whole / parts * part + whole % parts * part / parts;
    }

    /** Simulates until every row of the block is done. */
    private void simulate() {
        pace.begin(deadline == Long.MAX_VALUE ? 0 : meter.elapsedNanos(), deadline);
        for (int simulation = 1; active > 0; simulation++) {
            long began = profiled ? System.nanoTime() : 0;
            for (int j = 0; j < active; j++) descend(j);
            long descended = profiled ? System.nanoTime() : 0;
            expand();
            long expanded = profiled ? System.nanoTime() : 0;
            backUp();
            retire(simulation);
            if (profiled) {
                selectNanos += descended - began;
                modelNanos += expanded - descended;
                backUpNanos += System.nanoTime() - expanded;
            }
        }
    }

    /** Makes the roots of a block: one call of the model's heads, then noise and masks. */
    private void plant(PlanRequest request, RootNoise noise, int first, int last) {
        columns = last - first;
        active = 0;
        parents.resize(columns);
        keys.resize(columns).step(0);
        copyRoots(request.roots(), first);
        firstRow = first;
        rootKeys.resize(columns);
        for (int row = first; row < last; row++) {
            keys.set(row - first, row - first + 1, roots.keys[row], 0);
            rootKeys.set(row - first, row - first + 1, roots.keys[row], 0);
        }
        heads.evaluate(parents, keys, nodes);
        if (leaf != null) leaf.evaluate(parents, keys, nodes);
        modelSteps += (long) evaluated() * leafSteps;
        if (proposer != null) {
            for (int k = 0; k < columns; k++) nonFinite += writer.brokenLogits(nodes, k);
            RootPreparation.maskBefore(request, modelActions, first, nodes);
            for (int row = first; row < last; row++) setProposalKey(row - first, row, 0);
            proposer.propose(parents, proposalKeys.resize(columns), nodes, edges);
        }
        for (int row = first; row < last; row++) {
            result.simulations[row] = 0;
            int slot = row * tree.capacity;
            boolean kept = tree.kept[row] && tree.kind[slot] == nodes.kind()[row - first];
            tree.kept[row] = false;
            int broken = writeRoot(request, noise, row, row - first, kept);
            // The means of a root hold what is behind all its edges, so they cannot forget one: it starts anew.
            if (kept && writer.knowsIllegal(slot)) broken = writeRoot(request, noise, row, row - first, false);
            nonFinite += broken;
            if (graph != null) graph.plant(row - first, slot);
            if (tree.kind[slot] != NodeKind.TERMINAL) searched[active++] = row;
        }
    }

    /** Writes a root from column k, as the root of what was kept or of nothing, and returns how many numbers were not finite. */
    private int writeRoot(PlanRequest request, RootNoise noise, int row, int k, boolean kept) {
        int slot = row * tree.capacity;
        int broken;
        if (kept) {
            broken = writer.renewRoot(slot, nodes, parents, k);
        } else {
            tree.clear(row);
            tree.used[row] = 1;
            broken = writer.writeRoot(slot, nodes, parents, k);
        }
        writer.actions(slot, edges, k);
        return broken + preparation.prepare(request, noise, row, slot, writer.logits(slot, nodes, edges), columns, k);
    }

    private void copyRoots(ModelState from, int first) {
        int all = from.columns();
        for (int d = 0; d < tree.stateSize; d++) System.arraycopy(from.values(), d * all + first, parents.values(), d * columns, columns);
        for (int d = 0; d < tree.tagSize; d++) System.arraycopy(from.tags(), d * all + first, parents.tags(), d * columns, columns);
    }

    /** Goes down one tree to an edge without a node, or to a node below which nothing is searched. */
    private void descend(int j) {
        int row = searched[j];
        int base = row * tree.capacity;
        int slot = base;
        int edge;
        if (graph != null) graph.begin(row - firstRow, base, result.simulations[row] + 1);
        for (int depth = 0; ; depth++) {
            byte kind = tree.kind[slot];
            if (kind == NodeKind.TERMINAL || depth == recipe.maxDepth() || proofs != null && proofs.proven(slot)) {
                edge = Selector.NONE;
            } else if (kind == NodeKind.SIMULTANEOUS && joint != null && together != null) {
                edge = joint.select(together, row, slot);
            } else {
                if (next != null) next.prepare(row, slot);
                edge = kind == NodeKind.CHANCE ? chance.select(row, slot)
                        : depth == 0 ? selectAtRoot(row, slot) : interior.select(row, slot);
            }
            if (edge < 0) break;
            int child = tree.child[next == null ? slot * tree.width + edge : next.take(row, slot, edge)];
            if (child < 0) break;
            if (graph != null) graph.leave(row - firstRow, slot, edge);
            slot = base + child;
            if (graph != null && !graph.enter(slot)) {
                edge = Selector.NONE;
                break;
            }
        }
        leafSlot[j] = slot;
        leafEdge[j] = edge;
    }

    /** Chooses at a decision of a root; proven edges need no simulation and are counted beside. */
    private int selectAtRoot(int row, int slot) {
        int edge = root.select(row, slot);
        if (proofs == null || edge < 0 || !proofs.provenEdge(row, slot, edge)) return edge;
        backUp.countProven(row, slot, edge);
        proofs.hide(row, slot, hidden);
        int other = root.select(row, slot);
        proofs.show(slot, hidden);
        return other < 0 ? edge : other;
    }

    /** Calls the model once, for all rows that found an edge without a node. */
    private void expand() {
        columns = 0;
        for (int j = 0; j < active; j++) {
            if (leafEdge[j] >= 0) column[columns++] = j;
        }
        if (columns == 0) return;
        modelSteps += (long) columns * stepCost;
        if (rules != null) {
            int before = rules.evaluated();
            for (int k = 0; k < columns; k++) expandByRules(rules, column[k]);
            modelSteps += (long) (rules.evaluated() - before) * leafSteps;
            return;
        }
        gather();
        heads.expand(parents, parentKinds, actions, keys, step, nodes);
        if (leaf != null) leaf.evaluate(step.next(), keys, nodes);
        modelSteps += (long) evaluated() * leafSteps;
        if (proposer != null) {
            for (int k = 0; k < columns; k++) setProposalKey(k, searched[column[k]], result.simulations[searched[column[k]]] + 1);
            proposer.propose(step.next(), proposalKeys.resize(columns), nodes, edges);
        }
    }

    /** Returns the columns for which the leaf evaluation has something to do. */
    private int evaluated() {
        int count = 0;
        for (int k = 0; k < columns; k++) if (nodes.kind()[k] != NodeKind.TERMINAL) count++;
        return count;
    }

    private void setProposalKey(int k, int row, int sample) {
        proposalKeys.set(k, k + 1, roots.keys[row] ^ PROPOSALS, sample);
    }

    /** Makes the node that a row needs. */
    private void expandByRules(GameExpansion expansion, int j) {
        int row = searched[j];
        int key0 = rootKeys.key0()[row - firstRow];
        int key1 = rootKeys.key1()[row - firstRow];
        int sample = result.simulations[row] + 1;
        if (graph != null) {
            expandGraph(expansion, graph, j, key0, key1, sample);
            return;
        }
        if (tree.used[row] < tree.limit) {
            int node = tree.used[row]++;
            made[j] = row * tree.capacity + node;
            if (expansion.make(made[j], leafSlot[j], leafEdge[j], node, key0, key1, sample)) return;
            tree.visits[made[j]] = 0;
            made[j] = NOTHING_MADE;
            shut(row, leafSlot[j], leafEdge[j]);
        } else {
            made[j] = NOTHING_MADE;
            if (!expansion.pass(leafSlot[j], leafEdge[j], key0, key1, sample, step, nodes)) {
                shut(row, leafSlot[j], leafEdge[j]);
                return;
            }
            backUp.throughEdge(row, leafSlot[j], leafEdge[j], step, nodes, 0, nodes.kind()[0] == NodeKind.TERMINAL);
        }
    }

    /** Makes the node that a row needs, unless its position has one. */
    private void expandGraph(GameExpansion expansion, PositionGraph positions, int j, int key0, int key1, int sample) {
        int row = searched[j];
        int base = row * tree.capacity;
        int slot = leafSlot[j];
        int edge = leafEdge[j];
        expansion.play(slot, edge);
        int node = positions.find(row - firstRow, base, expansion.position(), expansion.seenBy());
        if (node < 0 && tree.used[row] >= tree.limit) {
            made[j] = NOTHING_MADE;
            if (!expansion.pass(slot, edge, key0, key1, sample, step, nodes)) {
                shut(row, slot, edge);
                return;
            }
            float discount = step.discount()[0];
            for (int p = 0; p < tree.players; p++) step.reward()[p] += discount * nodes.value()[p];
            positions.throughEdge(row - firstRow, row, slot, edge, step.reward());
            return;
        }
        made[j] = NOTHING_MADE;
        expansion.link(slot, edge);
        if (node < 0) {
            node = tree.used[row]++;
            if (!expansion.write(base + node, slot, edge, node, key0, key1, sample)) {
                tree.visits[base + node] = 0;
                shut(row, slot, edge);
                return;
            }
            positions.add(row - firstRow, base + node, node);
        } else if (!expansion.finiteReward(slot)) {
            shut(row, slot, edge);
            return;
        } else {
            tree.child[slot * tree.width + edge] = node;
        }
        made[j] = base + node;
        positions.leave(row - firstRow, slot, edge);
    }

    private void gather() {
        parents.resize(columns);
        keys.resize(columns);
        for (int k = 0; k < columns; k++) {
            int j = column[k];
            int row = searched[j];
            int slot = leafSlot[j];
            int edge = leafEdge[j];
            parentKinds[k] = tree.kind[slot];
            keys.set(k, k + 1, roots.keys[row], result.simulations[row] + 1);
            if (tree.actionSize == 0 || parentKinds[k] == NodeKind.CHANCE) {
                actions[k] = edge;
            } else {
                int from = (slot * tree.width + edge) * tree.actionSize;
                for (int a = 0; a < tree.actionSize; a++) actions[a * columns + k] = tree.actions[from + a];
            }
            for (int d = 0; d < tree.stateSize; d++) parents.values()[d * columns + k] = tree.latent[slot * tree.stateSize + d];
            for (int d = 0; d < tree.tagSize; d++) parents.tags()[d * columns + k] = tree.tags[slot * tree.tagSize + d];
        }
    }

    /** Adds the new nodes and carries their values up to the roots. */
    private void backUp() {
        for (int k = 0, j = 0; j < active; j++) {
            int row = searched[j];
            int slot = leafSlot[j];
            result.simulations[row]++;
            if (graph != null) {
                boolean again = leafEdge[j] < 0;
                if (again || made[j] >= 0) graph.climb(row - firstRow, row, again ? slot : made[j]);
            } else if (leafEdge[j] < 0) {
                skipIndex(row);
                backUp.fromAgain(row, slot);
            } else if (rules != null) {
                if (made[j] >= 0) backUp.fromNew(row, made[j]);
            } else {
                grow(row, slot, leafEdge[j], k++);
            }
        }
    }

    /** Adds the node of column k and backs its value up. */
    private void grow(int row, int slot, int edge, int k) {
        if (!writer.finite(step, nodes, k)) {
            skipIndex(row);
            shut(row, slot, edge);
        } else if (tree.used[row] < tree.limit) {
            int node = tree.used[row]++;
            int made = row * tree.capacity + node;
            nonFinite += writer.write(made, slot, edge, node, step, nodes, edges, k);
            backUp.fromNew(row, made);
        } else {
            backUp.throughEdge(row, slot, edge, step, nodes, k, nodes.kind()[k] == NodeKind.TERMINAL);
        }
    }

    /** What is behind this edge is not a number: it is counted and never taken again. */
    private void shut(int row, int slot, int edge) {
        nonFinite++;
        tree.forbid(slot, edge);
        if (slot == row * tree.capacity) roots.close(row, edge);
        if (proofs != null) proofs.giveUp(row);
    }

    /** Leaves the index of this simulation unused, where there is one. */
    private void skipIndex(int row) {
        if (tree.used[row] < tree.limit) tree.visits[row * tree.capacity + tree.used[row]++] = 0;
    }

    /** Takes rows off the list that have done their simulations, or all of them when the time is over. */
    private void retire(int simulation) {
        StopReason over = meter.exhausted();
        long now = deadline == Long.MAX_VALUE ? 0 : meter.elapsedNanos();
        if (over == null && now >= deadline) over = StopReason.WALL_CLOCK;
        if (over != null) stopped = over;
        int expected = pace.expected(simulation, now, roots.planned[searched[0]]);
        int kept = 0;
        for (int j = 0; j < active; j++) {
            int row = searched[j];
            boolean done = over != null || simulation >= roots.planned[row];
            if (!done && (settled(row) || untilDecided && decided(row, roots.planned[row] - simulation))) {
                done = true;
                if (stopped == null) stopped = StopReason.DECIDED;
            }
            if (done) continue;
            roots.expected[row] = expected;
            searched[kept++] = row;
        }
        active = kept;
    }

    /** Tells whether the value of a root is certain. */
    private boolean settled(int row) {
        return proofs != null && proofs.settled(row, row * tree.capacity);
    }

    /**
     * Tells whether the rest of the simulations cannot make another edge the most visited one, or an edge is certain to be as good as any
     * other.
     */
    private boolean decided(int row, int left) {
        int offset = tree.from(row * tree.capacity);
        int most = 0;
        int second = 0;
        for (int a = offset; a < offset + tree.actionCount; a++) {
            int n = tree.edgeVisits[a];
            if (n > most) {
                second = most;
                most = n;
            } else if (n > second) {
                second = n;
            }
        }
        if (proofs == null) return most - second > left;
        // An edge with many visits loses to a proven one, so visits alone do not tell.
        int slot = row * tree.capacity;
        int best = MostVisited.best(tree, row, slot);
        return best < 0 || proofs.unbeatable(row, slot, best);
    }

    void close() {
        if (leaf != null) leaf.close();
    }

    /** Returns what ended the last search before its simulations were done, or null. */
    @Nullable StopReason stopped() {
        return stopped;
    }

    /** Adds the times of the last search to a result. */
    void profile() {
        result.selectNanos += selectNanos;
        result.modelNanos += modelNanos;
        result.backUpNanos += backUpNanos;
    }
}
