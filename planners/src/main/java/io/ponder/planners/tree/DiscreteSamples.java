package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/** Draws discrete actions from a flattened policy. One thread's. */
final class DiscreteSamples implements ActionSource.Proposer {
    private final SampledActions source;
    private final int actions;
    private final float[] flattened;
    private final int[] drawn;

    DiscreteSamples(SampledActions source, int actions) {
        this.source = source;
        this.actions = actions;
        flattened = new float[actions];
        drawn = new int[actions];
    }

    @Override
    public void propose(ModelState states, ColumnKeys keys, NodeBuffer nodes, EdgeBuffer out) {
        out.resize(nodes.columns());
        for (int k = 0; k < nodes.columns(); k++) {
            Arrays.fill(drawn, 0);
            // Where no action is legal, nothing is drawn, and no edge remains.
            boolean any = flatten(nodes, k);
            for (int i = 0; any && i < source.count(); i++) {
                float uniform = CounterRandom.uniform(keys.key0()[k], keys.key1()[k], keys.sample()[k], i);
                drawn[CounterRandom.categorical(actions, flattened, 0, 1, uniform)]++;
            }
            write(nodes, k, out);
        }
    }

    /** Computes the proposal's weights, the largest of which is 1, and tells whether there is any. */
    private boolean flatten(NodeBuffer nodes, int k) {
        int columns = nodes.columns();
        float largest = Float.NEGATIVE_INFINITY;
        for (int a = 0; a < actions; a++) {
            float logit = nodes.logits()[a * columns + k];
            flattened[a] = logit < Float.POSITIVE_INFINITY ? logit : Float.NEGATIVE_INFINITY;
            largest = Math.max(largest, flattened[a]);
        }
        for (int a = 0; a < actions; a++) {
            flattened[a] = largest == Float.NEGATIVE_INFINITY
                    ? 0 : (float) Math.exp((flattened[a] - largest) / source.temperature());
        }
        return largest > Float.NEGATIVE_INFINITY;
    }

    private void write(NodeBuffer nodes, int k, EdgeBuffer out) {
        int columns = nodes.columns();
        int edge = 0;
        for (int a = 0; a < actions; a++) {
            if (drawn[a] == 0) continue;
            double logit = nodes.logits()[a * columns + k] + Math.log(drawn[a]);
            if (source.corrected()) logit -= Math.log(flattened[a]);
            out.logits()[edge * columns + k] = (float) logit;
            out.actions()[edge * columns + k] = a;
            edge++;
        }
        for (; edge < out.edges(); edge++) out.logits()[edge * columns + k] = Float.NEGATIVE_INFINITY;
    }
}
