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
import java.util.Arrays;

/**
 * The model of a golden tree search: tables of logits, values and transitions. The state is the row of a table: tag 0 the row, tag 1 the
 * kind of node, whose tables differ where there are afterstates.
 */
final class TreeTableModel implements WorldModel, LatentHeads {
    private final ModelSpec spec;
    private final int chanceCount;
    private final float[][] logits;
    private final float[] value;
    private final int[][] next;
    private final float[][] reward;
    private final float[][] discount;
    private final int[][] afterstate;
    private final float[][] chanceLogits;
    private final float[] afterstateValue;

    /** Reads the tables of {@code model}. */
    TreeTableModel(JsonNode model) {
        int states = Golden.integer(Golden.field(model, "num_states", "model"), "num_states");
        int actions = Golden.integer(Golden.field(model, "num_actions", "model"), "num_actions");
        spec = new ModelSpec(1, 1, actions, 1, 2, 1);
        logits = floats(model, "prior_logits", states, actions);
        value = row(Golden.field(model, "value", "model"), states, "value");
        boolean stochastic = model.has("num_afterstates");
        int middle = stochastic ? Golden.integer(model.get("num_afterstates"), "num_afterstates") : states;
        chanceCount = stochastic ? Golden.integer(Golden.field(model, "num_chance", "model"), "num_chance") : 0;
        int edges = stochastic ? chanceCount : actions;
        next = integers(model, "next", middle, edges);
        reward = floats(model, "reward", middle, edges);
        discount = floats(model, "discount", middle, edges);
        afterstate = stochastic ? integers(model, "afterstate", states, actions) : new int[0][];
        chanceLogits = stochastic ? floats(model, "chance_logits", middle, chanceCount) : new float[0][];
        afterstateValue = stochastic ? row(Golden.field(model, "afterstate_value", "model"), middle, "afterstate_value") : new float[0];
    }

    private static float[] row(JsonNode node, int length, String where) {
        double[] numbers = Golden.numbers(node, length, where);
        float[] out = new float[length];
        for (int i = 0; i < length; i++) out[i] = (float) numbers[i];
        return out;
    }

    private static float[][] floats(JsonNode model, String field, int rows, int columns) {
        JsonNode table = Golden.array(model, field, rows, "model");
        float[][] out = new float[rows][];
        for (int i = 0; i < rows; i++) out[i] = row(table.get(i), columns, field + "[" + i + "]");
        return out;
    }

    private static int[][] integers(JsonNode model, String field, int rows, int columns) {
        float[][] numbers = floats(model, field, rows, columns);
        int[][] out = new int[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) out[i][j] = (int) numbers[i][j];
        }
        return out;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public int chanceCount() {
        return chanceCount;
    }

    /** An observation is the number of a state. */
    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            out.values()[k] = 0;
            out.tags()[k] = (int) observations[k];
            out.tags()[columns + k] = NodeKind.DECISION;
        }
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        ModelState to = out.next().resize(columns);
        Arrays.fill(to.values(), 0, columns, 0);
        for (int k = 0; k < columns; k++) {
            int from = state.tags()[k];
            int edge = (int) actions[k];
            boolean toChance = chanceCount > 0 && state.tags()[columns + k] == NodeKind.DECISION;
            to.tags()[k] = toChance ? afterstate[from][edge] : next[from][edge];
            to.tags()[columns + k] = toChance ? NodeKind.CHANCE : NodeKind.DECISION;
            out.reward()[k] = toChance ? 0 : reward[from][edge];
            out.discount()[k] = toChance ? 1 : discount[from][edge];
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            int state = states.tags()[k];
            boolean chance = states.tags()[columns + k] == NodeKind.CHANCE;
            float[] row = chance ? chanceLogits[state] : logits[state];
            for (int w = 0; w < row.length; w++) out.logits()[w * columns + k] = row[w];
            out.value()[k] = chance ? afterstateValue[state] : value[state];
            out.kind()[k] = chance ? NodeKind.CHANCE : NodeKind.DECISION;
            out.playerToMove()[k] = 0;
        }
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
