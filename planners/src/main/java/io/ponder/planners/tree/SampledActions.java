package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ActionSampler;
import io.ponder.engine.model.ActionSamples;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.WorldModel;

/**
 * Gives every decision node edges for sampled actions, with the prior that corrects for how they were drawn: {@code (b / B) *
 * policy}, normalised, B being the probability with which an action was drawn and b the share of the samples that it is
 * (Sampled MuZero, Hubert and others 2021, section 5).
 *
 * <p>The model's {@link ActionSampler} draws (what it draws against the mask or the model's logits gets no edge), or without
 * one, for discrete actions, the policy flattened by a temperature. An action that was drawn more than once has one edge.
 *
 * @param count       samples of a node, at least 1; more than half of the simulations make a search random
 * @param temperature B is proportional to {@code policy^(1 / temperature)}, where the model has no sampler; greater than 0
 * @param corrected   whether to correct. Without it the prior is {@code b * policy}, which counts twice what both favour.
 */
public record SampledActions(int count, double temperature, boolean corrected) implements ActionSource {
    public SampledActions {
        Checks.positive("count", count);
        Checks.positive("temperature", temperature);
    }

    /** Returns the source that draws {@code count} actions from the policy itself. */
    public static SampledActions of(int count) {
        return new SampledActions(count, 1, true);
    }

    @Override
    public int edges(ModelSpec spec) {
        return count;
    }

    @Override
    public Proposer proposer(WorldModel model, int capacity) {
        ActionSampler sampler = model.as(ActionSampler.class);
        if (sampler == null) {
            if (model.spec().actionCount() == 0) {
                throw new IllegalArgumentException("The model has continuous actions and no ActionSampler to draw them."
                        + "\nMaybe let the model implement ActionSampler, or search a discrete model.");
            }
            return new DiscreteSamples(this, model.spec().actionCount());
        }
        var samples = new ActionSamples(model.spec().actionSize(), count, capacity);
        return (states, keys, nodes, out) -> {
            sampler.sample(states, count, keys, samples);
            int columns = out.resize(nodes.columns()).columns();
            System.arraycopy(samples.actions(), 0, out.actions(), 0, count * out.actionSize() * columns);
            for (int i = 0; i < count * columns; i++) {
                out.logits()[i] = samples.logPolicy()[i] - (corrected ? samples.logProposal()[i] : 0);
            }
            if (model.spec().actionCount() > 0) {
                shut(nodes, out);
                merge(out);
            }
        };
    }

    /** Takes the weight from samples that are illegal actions by the logits of their node. */
    private void shut(NodeBuffer nodes, EdgeBuffer out) {
        int columns = out.columns();
        for (int k = 0; k < columns; k++) {
            if (nodes.kind()[k] != NodeKind.DECISION) continue;
            for (int i = 0; i < count; i++) {
                float logit = nodes.logits()[(int) out.actions()[i * columns + k] * columns + k];
                boolean legal = logit > Float.NEGATIVE_INFINITY && logit < Float.POSITIVE_INFINITY;
                if (!legal) out.logits()[i * columns + k] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Gives the weight of all samples that are the same discrete action to the first of them. */
    private void merge(EdgeBuffer out) {
        int columns = out.columns();
        for (int k = 0; k < columns; k++) {
            for (int i = 0; i < count; i++) {
                int place = i * columns + k;
                if (out.logits()[place] == Float.NEGATIVE_INFINITY) continue;
                int times = 1;
                for (int j = i + 1; j < count; j++) {
                    if (out.actions()[j * columns + k] != out.actions()[place]) continue;
                    times++;
                    out.logits()[j * columns + k] = Float.NEGATIVE_INFINITY;
                }
                out.logits()[place] += (float) Math.log(times);
            }
        }
    }
}
