package io.ponder.planners.tree;

import io.ponder.engine.game.GameRules;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.RolloutWatch;
import io.ponder.engine.plan.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * Searches a range of rows on one thread, block by block: simulate, expand, back up. Owns a fork of the model and the columns
 * that go in and out of it.
 */
final class TreeWorker {
    private final SearchTree tree;
    private final SearchResult result;
    private final int rowsPerBlock;
    private final boolean profiled;
    private final @Nullable LeafEvaluator leaf;
    private final @Nullable PositionGraph graph;
    private final SearchBlock block;
    private final BackUp backUp;
    private final NodeWriter writer;
    private final ModelColumns columns;
    private final @Nullable RulesExpansion rules;
    private final RootPlanting planting;
    private final Descent descent;
    private final Retirement retirement;
    private final RootAnswers answers;
    private long failures;
    private @Nullable Throwable failure;
    private long selectNanos;
    private long modelNanos;
    private long backUpNanos;

    TreeWorker(
            SearchContext context, SearchRecipe recipe, WorldModel model, SearchResult result, Plan plan, BudgetMeter meter,
            SearchExecution execution, int rowsPerBlock) {
        this.result = result;
        this.rowsPerBlock = rowsPerBlock;
        profiled = execution.profiled();
        tree = context.tree();
        Roots roots = context.roots();
        SimultaneousRule.Players together = tree.joint == null ? null : recipe.backUp().simultaneous().players(context);
        boolean listsAll = recipe.actions().listsAll();
        leaf = recipe.leaf() == null ? null : recipe.leaf().fork();
        GameExpansion game = listsAll ? GameExpansion.of(tree, model, leaf) : null;
        graph = recipe.backUp().transpositions() ? graph(model, game, roots, together) : null;
        block = new SearchBlock(rowsPerBlock);
        backUp = new BackUp(tree, roots, block, together);
        writer = new NodeWriter(tree, context.kernels(), listsAll ? 0 : model.spec().actionCount());
        columns = new ModelColumns(context, recipe, model, leaf, block, result);
        int leafSteps = leaf == null ? 0 : leaf.modelStepsPerColumn();
        rules = game == null ? null : new RulesExpansion(tree, block, result, game, graph, backUp, columns, leafSteps);
        planting = new RootPlanting(context, recipe, block, result, columns, writer, graph);
        descent = new Descent(context, recipe, block, result, backUp, together, graph);
        retirement = new Retirement(context, block, meter);
        answers = new RootAnswers(context, recipe, result, plan);
    }

    private PositionGraph graph(
            WorldModel model, @Nullable GameExpansion game, Roots roots, SimultaneousRule.@Nullable Players together) {
        GameRules known = model.as(GameRules.class);
        if (known == null || game == null) {
            throw new IllegalArgumentException("Nodes are to be shared by positions, but the model is not the rules of a game"
                    + " (GameRules), or the leaf evaluation does not take positions.\nMaybe search without transpositions.");
        }
        return new PositionGraph(tree, roots, known.game(), rowsPerBlock, together);
    }

    /** Searches the rows {@code from .. to - 1}. */
    void search(PlanRequest request, RootNoise noise, boolean decide, int from, int to) {
        block.modelSteps = 0;
        block.nonFinite = 0;
        failures = 0;
        failure = null;
        selectNanos = 0;
        modelNanos = 0;
        backUpNanos = 0;
        retirement.begin(decide);
        for (int first = from; first < to; first += rowsPerBlock) {
            int last = Math.min(to, first + rowsPerBlock);
            retirement.beginBlock(last - first, to - first);
            if (plantAndSimulate(request, noise, first, last)) {
                for (int row = first; row < last; row++) answers.answer(request, row);
            } else {
                for (int row = first; row < last; row++) answers.giveUp(request, row);
            }
        }
    }

    /** Searches a block until it is done, or until the model throws; tells whether its trees have roots. */
    private boolean plantAndSimulate(PlanRequest request, RootNoise noise, int first, int last) {
        boolean planted = false;
        try {
            planting.plant(request, noise, first, last);
            planted = true;
            simulate();
        } catch (WrongRequestException wrong) {
            throw wrong;
        } catch (Throwable thrown) {
            RolloutWatch.rethrowFatal(thrown);
            failures++;
            failure = thrown;
        }
        return planted;
    }

    /** Simulates until every row of the block is done. */
    private void simulate() {
        retirement.beginSimulations();
        for (int simulation = 1; block.active > 0; simulation++) {
            long began = profiled ? System.nanoTime() : 0;
            for (int j = 0; j < block.active; j++) descent.descend(j);
            long descended = profiled ? System.nanoTime() : 0;
            expand();
            long expanded = profiled ? System.nanoTime() : 0;
            backUp();
            retirement.retire(simulation);
            if (profiled) {
                selectNanos += descended - began;
                modelNanos += expanded - descended;
                backUpNanos += System.nanoTime() - expanded;
            }
        }
    }

    /** Finds out what is behind the edges that were reached. */
    private void expand() {
        int count = columns.collect();
        if (count == 0) return;
        if (rules != null) rules.expand(columns, count);
        else columns.expand();
    }

    /** Adds the new nodes and carries their values up to the roots. */
    private void backUp() {
        for (int k = 0, j = 0; j < block.active; j++) {
            int row = block.searched[j];
            int slot = block.leafSlot[j];
            int made = block.made[j];
            boolean again = block.leafEdge[j] < 0;
            result.simulations[row]++;
            if (graph != null) {
                if (again || made >= 0) graph.climb(row - block.first, row, again ? slot : made);
            } else if (again) {
                skipIndex(row);
                backUp.fromAgain(row, slot);
            } else if (rules == null) {
                grow(row, slot, block.leafEdge[j], k++);
            } else if (made >= 0) {
                backUp.fromNew(row, made);
            }
        }
    }

    /** Adds the node of column k and backs its value up. */
    private void grow(int row, int slot, int edge, int k) {
        if (!writer.finite(columns.step, columns.nodes, k)) {
            skipIndex(row);
            backUp.shut(row, slot, edge);
        } else if (tree.used[row] < tree.limit) {
            int node = tree.used[row]++;
            int made = row * tree.capacity + node;
            block.nonFinite += writer.write(made, slot, edge, node, columns.step, columns.nodes, columns.edges, k);
            backUp.fromNew(row, made);
        } else {
            boolean terminal = columns.nodes.kind()[k] == NodeKind.TERMINAL;
            backUp.throughEdge(row, slot, edge, columns.step, columns.nodes, k, terminal);
        }
    }

    /** Leaves the index of this simulation unused, where there is one. */
    private void skipIndex(int row) {
        if (tree.used[row] < tree.limit) tree.visits[row * tree.capacity + tree.used[row]++] = 0;
    }

    void close() {
        if (leaf != null) leaf.close();
    }

    /** Returns what ended the last search before its simulations were done, or null. */
    @Nullable StopReason stopped() {
        return retirement.stopped();
    }

    /** Returns in how many blocks of rows the model threw; the block's search ended there. */
    long failures() {
        return failures;
    }

    /** Returns what the model threw last in the last search, or null. */
    @Nullable Throwable failure() {
        return failure;
    }

    /** Returns the model steps of the last search. */
    long modelSteps() {
        return block.modelSteps;
    }

    /** Returns how many numbers of the last search's model were none. */
    long nonFinite() {
        return block.nonFinite;
    }

    /** Adds the times of the last search to a result. */
    void profile() {
        result.selectNanos += selectNanos;
        result.modelNanos += modelNanos;
        result.backUpNanos += backUpNanos;
    }
}
