package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The model that a published tree holds: every expanded node with its priors, value and reward. The state is the number of the node in the
 * file, or {@link #OUTSIDE} where the file has none.
 */
final class PublishedTreeModel implements WorldModel, LatentHeads {
    /** A state that the file does not hold: nothing is known of it, and everything leads to it again. */
    static final int OUTSIDE = -1;

    private final ModelSpec spec;
    private final float discount;
    private final List<JsonNode> nodes = new ArrayList<>();
    private final List<int[]> children = new ArrayList<>();

    PublishedTreeModel(JsonNode tree, float discount) {
        this.discount = discount;
        int actions = Golden.array(tree, "child_stats", "tree").size();
        spec = new ModelSpec(1, 1, actions, 1, 1, 1);
        read(tree, actions);
    }

    private int read(JsonNode node, int actions) {
        int index = nodes.size();
        nodes.add(node);
        int[] below = new int[actions];
        children.add(below);
        for (int a = 0; a < actions; a++) {
            JsonNode child = Golden.array(node, "child_stats", actions, "tree").get(a);
            below[a] = child.has("visit") ? read(child, actions) : OUTSIDE;
        }
        return index;
    }

    /** Returns the expanded nodes of the file, the root first. */
    List<JsonNode> nodes() {
        return nodes;
    }

    /** Returns the number of the child of a node, or {@link #OUTSIDE}. */
    int child(int node, int action) {
        return children.get(node)[action];
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        Arrays.fill(out.values(), 0, columns, 0);
        Arrays.fill(out.tags(), 0, columns, 0);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        ModelState next = out.next().resize(columns);
        Arrays.fill(next.values(), 0, columns, 0);
        for (int k = 0; k < columns; k++) {
            int from = state.tags()[k];
            int to = from == OUTSIDE ? OUTSIDE : child(from, (int) actions[k]);
            next.tags()[k] = to;
            out.reward()[k] = to == OUTSIDE ? 0 : number(to, "reward");
            out.discount()[k] = discount;
        }
    }

    private float number(int node, String field) {
        return (float) Golden.number(Golden.field(nodes.get(node), field, "tree"), field);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            int node = states.tags()[k];
            for (int a = 0; a < spec.actionCount(); a++) {
                out.logits()[a * columns + k] = node == OUTSIDE ? 0 : logit(node, a);
            }
            out.value()[k] = node == OUTSIDE ? 0 : number(node, "raw_value_view");
            out.kind()[k] = NodeKind.DECISION;
            out.playerToMove()[k] = 0;
        }
    }

    private float logit(int node, int action) {
        JsonNode child = nodes.get(node).get("child_stats").get(action);
        return (float) Math.log(Golden.number(Golden.field(child, "prior", "tree"), "prior"));
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(parents, actions, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}
