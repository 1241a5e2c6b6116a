package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;

/** Endless decisions among equally likely actions; the value of a state is drawn from its number. */
final class EvenModel implements WorldModel, LatentHeads {
    private final ModelSpec spec;

    EvenModel(int actions) {
        spec = new ModelSpec(1, 1, actions, 1, 1, 1);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            out.values()[k] = 0;
            out.tags()[k] = (int) observations[k];
        }
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        ModelState next = out.next().resize(state.columns());
        for (int k = 0; k < state.columns(); k++) {
            next.values()[k] = 0;
            next.tags()[k] = CounterRandom.word(state.tags()[k], 3, (int) actions[k], 0);
        }
        Arrays.fill(out.reward(), 0, state.columns(), 0);
        Arrays.fill(out.discount(), 0, state.columns(), 0.99f);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) out.value()[k] = CounterRandom.uniform(states.tags()[k], 5, 0, 0);
        Arrays.fill(out.logits(), 0, columns * spec.actionCount(), 0);
        Arrays.fill(out.kind(), 0, columns, NodeKind.DECISION);
        Arrays.fill(out.playerToMove(), 0, columns, 0);
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
