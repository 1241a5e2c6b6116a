package io.ponder.planners.tree;

import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import org.jspecify.annotations.Nullable;

/** Makes the nodes that the rows of a block need from the rules of a game, which know each position by itself. One thread's. */
final class RulesExpansion {
    private final SearchTree tree;
    private final SearchBlock block;
    private final SearchResult result;
    private final GameExpansion rules;
    private final @Nullable PositionGraph graph;
    private final BackUp backUp;
    private final int leafSteps;
    /** What a transition brings for which there is no room. */
    private final StepBuffer step;
    private final NodeBuffer nodes;

    RulesExpansion(
            SearchTree tree, SearchBlock block, SearchResult result, GameExpansion rules,
            @Nullable PositionGraph graph, BackUp backUp, ModelColumns columns, int leafSteps) {
        this.tree = tree;
        this.block = block;
        this.result = result;
        this.rules = rules;
        this.graph = graph;
        this.backUp = backUp;
        this.leafSteps = leafSteps;
        step = columns.step;
        nodes = columns.nodes;
    }

    /** Makes the nodes of all rows that need one. */
    void expand(ModelColumns columns, int count) {
        int before = rules.evaluated();
        for (int k = 0; k < count; k++) {
            int j = columns.column(k);
            block.made[j] = SearchBlock.NOTHING_MADE;
            int at = block.searched[j] - block.first;
            int key0 = block.keys.key0()[at];
            int key1 = block.keys.key1()[at];
            int sample = result.simulations[block.searched[j]] + 1;
            if (graph == null) make(j, key0, key1, sample);
            else share(graph, j, key0, key1, sample);
        }
        block.modelSteps += (long) (rules.evaluated() - before) * leafSteps;
    }

    private void make(int j, int key0, int key1, int sample) {
        int row = block.searched[j];
        int slot = block.leafSlot[j];
        int edge = block.leafEdge[j];
        if (tree.used[row] < tree.limit) {
            int node = tree.used[row]++;
            int made = row * tree.capacity + node;
            if (rules.make(made, slot, edge, node, key0, key1, sample)) {
                block.made[j] = made;
            } else {
                tree.visits[made] = 0;
                backUp.shut(row, slot, edge);
            }
        } else if (!rules.pass(slot, edge, key0, key1, sample, step, nodes)) {
            backUp.shut(row, slot, edge);
        } else {
            backUp.throughEdge(row, slot, edge, step, nodes, 0, nodes.kind()[0] == NodeKind.TERMINAL);
        }
    }

    /** Makes the node that a row needs, unless its position has one. */
    private void share(PositionGraph positions, int j, int key0, int key1, int sample) {
        int row = block.searched[j];
        int base = row * tree.capacity;
        int slot = block.leafSlot[j];
        int edge = block.leafEdge[j];
        int at = row - block.first;
        rules.play(slot, edge);
        int node = positions.find(at, base, rules.position(), rules.seenBy());
        if (node < 0 && tree.used[row] >= tree.limit) {
            pass(positions, j, key0, key1, sample);
            return;
        }
        rules.link(slot, edge);
        if (node < 0) {
            node = tree.used[row]++;
            if (!rules.write(base + node, slot, edge, node, key0, key1, sample)) {
                tree.visits[base + node] = 0;
                backUp.shut(row, slot, edge);
                return;
            }
            positions.add(at, base + node, node);
        } else if (!rules.finiteReward(slot)) {
            backUp.shut(row, slot, edge);
            return;
        } else {
            tree.child[slot * tree.width + edge] = node;
        }
        block.made[j] = base + node;
        positions.leave(at, slot, edge);
    }

    /** Does a transition for which there is no room. */
    private void pass(PositionGraph positions, int j, int key0, int key1, int sample) {
        int row = block.searched[j];
        int slot = block.leafSlot[j];
        int edge = block.leafEdge[j];
        if (!rules.pass(slot, edge, key0, key1, sample, step, nodes)) {
            backUp.shut(row, slot, edge);
            return;
        }
        float discount = step.discount()[0];
        for (int p = 0; p < tree.players; p++) step.reward()[p] += discount * nodes.value()[p];
        positions.throughEdge(row - block.first, row, slot, edge, step.reward());
    }
}
