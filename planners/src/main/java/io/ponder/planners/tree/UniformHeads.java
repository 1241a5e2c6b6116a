package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/**
 * Heads for a model that has none: every action is legal and equally likely, values are 0, and a transition with
 * discount 0 leads to a terminal node. Meant to be used with a leaf evaluation.
 */
public final class UniformHeads implements LatentHeads {
    private final WorldModel model;

    /** Creates heads for a model. */
    public UniformHeads(WorldModel model) {
        this.model = model;
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        Arrays.fill(out.logits(), 0, out.width() * columns, 0);
        Arrays.fill(out.value(), 0, out.players() * columns, 0);
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
    }

    @Override
    public void expand(
            ModelState parents, byte[] parentKinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        model.step(parents, actions, keys, step);
        evaluate(step.next(), keys, out);
        for (int k = 0; k < out.columns(); k++) {
            if (step.discount()[k] == 0) out.kind()[k] = NodeKind.TERMINAL;
        }
    }
}
