package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values new nodes by rollouts of uniformly random actions through a model of discrete actions without masks and without chance nodes,
 * discounts as the model gives them, with an optional value of the last state. A game's rollouts know its legal moves:
 * {@code GameRollouts}.
 *
 * <p>Takes its memory when it first sees a batch as large. Not thread-safe; {@link #fork}.
 */
public final class RolloutLeaf implements LeafEvaluator {
    private static final long STREAM = 0x524F4C4C4F5554L;

    private final WorldModel model;
    private final int steps;
    private final int rollouts;
    private final @Nullable ValueFunction terminal;
    private ModelState state;
    private StepBuffer step;
    private float[] actions;
    private float[] weight;
    private float[] sum;
    private float[] last;
    private ColumnKeys modelKeys;

    /**
     * Creates an evaluation.
     *
     * @param model    steps the rollouts; forked
     * @param steps    steps of a rollout, at least 1
     * @param rollouts rollouts of a node, at least 1; the mean is its value
     * @param terminal value of the state after the last step, or null for 0
     */
    public RolloutLeaf(WorldModel model, int steps, int rollouts, @Nullable ValueFunction terminal) {
        this.model = model.fork();
        this.steps = Checks.positive("steps", steps);
        this.rollouts = Checks.positive("rollouts", rollouts);
        this.terminal = terminal;
        Checks.positive("actionCount of a model that is rolled out at random", model.spec().actionCount());
        Checks.same("players of a model that is rolled out at random", model.spec().players(), "what is built", 1);
        state = new ModelState(model.spec(), 1);
        step = new StepBuffer(model.spec(), 1);
        actions = new float[1];
        weight = new float[1];
        sum = new float[1];
        last = new float[1];
        modelKeys = new ColumnKeys(1);
    }

    private void reserve(int columns) {
        if (columns <= state.capacity()) return;
        state = new ModelState(model.spec(), columns);
        step = new StepBuffer(model.spec(), columns);
        actions = new float[columns];
        weight = new float[columns];
        sum = new float[columns];
        last = new float[columns];
        modelKeys = new ColumnKeys(columns);
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes) {
        int columns = states.columns();
        reserve(columns);
        Arrays.fill(sum, 0, columns, 0);
        for (int r = 0; r < rollouts; r++) rollOut(states, keys, r, columns);
        for (int k = 0; k < columns; k++) nodes.value()[k] = sum[k] / rollouts;
    }

    private void rollOut(ModelState states, ColumnKeys keys, int rollout, int columns) {
        state.copyFrom(states);
        Arrays.fill(weight, 0, columns, 1);
        modelKeys.resize(columns);
        for (int k = 0; k < columns; k++) {
            long key = ((long) keys.key1()[k] << 32 | keys.key0()[k] & 0xFFFFFFFFL) + STREAM;
            modelKeys.set(k, k + 1, key, keys.sample()[k] * rollouts + rollout);
        }
        for (int t = 0; t < steps; t++) {
            for (int k = 0; k < columns; k++) {
                actions[k] = CounterRandom.below(
                        model.spec().actionCount(), modelKeys.key1()[k], modelKeys.key0()[k], modelKeys.sample()[k], t);
            }
            model.step(state, actions, modelKeys.step(t), step);
            for (int k = 0; k < columns; k++) {
                // Past the end of an episode nothing counts, whatever the model says there.
                if (weight[k] == 0) continue;
                sum[k] += weight[k] * step.reward()[k];
                weight[k] *= step.discount()[k];
            }
            state.copyFrom(step.next());
        }
        if (terminal == null) return;
        terminal.value(state, last);
        for (int k = 0; k < columns; k++) if (weight[k] != 0) sum[k] += weight[k] * last[k];
    }

    @Override
    public int modelStepsPerColumn() {
        return steps * rollouts;
    }

    @Override
    public LeafEvaluator fork() {
        return new RolloutLeaf(model, steps, rollouts, terminal);
    }
}
