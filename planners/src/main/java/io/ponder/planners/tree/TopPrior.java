package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.WorldModel;

/**
 * Gives every decision node edges for its likeliest actions only, in falling order, renormalised.
 *
 * @param count actions of a node at most, at least 1
 */
public record TopPrior(int count) implements ActionSource {
    public TopPrior {
        Checks.positive("count", count);
    }

    @Override
    public int edges(ModelSpec spec) {
        int actions = Checks.positive("actionCount of a model whose likeliest actions are searched", spec.actionCount());
        return Math.min(count, actions);
    }

    @Override
    public Proposer proposer(WorldModel model, int capacity) {
        int actions = model.spec().actionCount();
        return (states, keys, nodes, out) -> {
            out.resize(nodes.columns());
            for (int k = 0; k < nodes.columns(); k++) column(nodes, actions, k, out);
        };
    }

    /** Inserts the logits of a column one after the other into the sorted edges. */
    private static void column(NodeBuffer nodes, int actions, int k, EdgeBuffer out) {
        int columns = nodes.columns();
        int filled = 0;
        for (int a = 0; a < actions; a++) {
            float logit = nodes.logits()[a * columns + k];
            // NaN and plus infinity are illegal, as everywhere.
            if (!(logit < Float.POSITIVE_INFINITY)) logit = Float.NEGATIVE_INFINITY;
            int at = filled;
            while (at > 0 && out.logits()[(at - 1) * columns + k] < logit) at--;
            if (at == out.edges()) continue;
            if (filled < out.edges()) filled++;
            for (int i = filled - 1; i > at; i--) {
                out.logits()[i * columns + k] = out.logits()[(i - 1) * columns + k];
                out.actions()[i * columns + k] = out.actions()[(i - 1) * columns + k];
            }
            out.logits()[at * columns + k] = logit;
            out.actions()[at * columns + k] = a;
        }
    }
}
