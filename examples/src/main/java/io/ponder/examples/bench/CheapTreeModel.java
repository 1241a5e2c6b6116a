package io.ponder.examples.bench;

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

/**
 * The nearly free models of the tree-search cases. {@code zeros}: all logits, values and rewards 0. {@code table}: the state is an unsigned
 * 32-bit integer, the root of row b is b; the next is state * 1664525 + (action + 1) * 1013904223; logits and values are those of row
 * (state / 65536) mod 4096 of fixed random tables.
 */
final class CheapTreeModel implements WorldModel, LatentHeads {
    private static final int ROWS = 4096;
    private static final float DISCOUNT = 0.997f;
    private static final int SEED = 11;

    private final ModelSpec spec;
    private final int actions;
    private final boolean table;
    private final float[] logits;
    private final float[] values;

    CheapTreeModel(String name, int actions) {
        this.actions = actions;
        table = name.equals("table");
        spec = new ModelSpec(1, 1, actions, 1, 1, 1);
        logits = new float[table ? ROWS * actions : 0];
        values = new float[table ? ROWS : 0];
        for (int row = 0; row < values.length; row++) {
            values[row] = CounterRandom.uniform(SEED, 1, row, 0);
            for (int a = 0; a < actions; a++) logits[row * actions + a] = CounterRandom.normal(SEED, 2, row, a);
        }
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        Arrays.fill(out.values(), 0, columns, 0);
        for (int k = 0; k < columns; k++) out.tags()[k] = (int) observations[k];
    }

    @Override
    public void step(ModelState state, float[] action, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        int[] from = state.tags();
        int[] to = out.next().resize(columns).tags();
        for (int k = 0; k < columns; k++) {
            to[k] = from[k] * 1_664_525 + ((int) action[k] + 1) * 1_013_904_223;
            out.next().values()[k] = 0;
            out.reward()[k] = 0;
            out.discount()[k] = DISCOUNT;
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            out.kind()[k] = NodeKind.DECISION;
            out.playerToMove()[k] = 0;
            out.value()[k] = 0;
        }
        if (!table) {
            Arrays.fill(out.logits(), 0, actions * columns, 0);
            return;
        }
        for (int k = 0; k < columns; k++) {
            int row = (states.tags()[k] >>> 16) & (ROWS - 1);
            for (int a = 0; a < actions; a++) out.logits()[a * columns + k] = logits[row * actions + a];
            out.value()[k] = values[row];
        }
    }

    @Override
    public void expand(ModelState parents, byte[] parentKinds, float[] action, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(parents, action, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}
