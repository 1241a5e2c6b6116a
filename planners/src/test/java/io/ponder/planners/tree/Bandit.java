package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/** Bandits: one decision, a reward for each action, discount 0; after it nothing is known. The observation is the number of the bandit. */
final class Bandit implements WorldModel, LatentHeads {
    /** The state after the decision. */
    private static final int OVER = -1;

    private final float[][] logits;
    private final float[][] rewards;
    private final float[] values;
    private final ModelSpec spec;

    Bandit(float[][] logits, float[][] rewards, float[] values) {
        this.logits = logits;
        this.rewards = rewards;
        this.values = values;
        spec = new ModelSpec(1, 1, logits[0].length, 1, 0, 1);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        out.next().resize(state.columns());
        for (int k = 0; k < state.columns(); k++) {
            int bandit = (int) Math.max(0, state.values()[k]);
            out.reward()[k] = rewards[bandit][(int) actions[k]];
            out.next().values()[k] = OVER;
            out.discount()[k] = 0;
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            int bandit = (int) states.values()[k];
            for (int a = 0; a < spec.actionCount(); a++) out.logits()[a * columns + k] = bandit == OVER ? 0 : logits[bandit][a];
            out.value()[k] = bandit == OVER ? 0 : values[bandit];
        }
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
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
