package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LeafEvaluator;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values new nodes by rollouts of uniformly random actions through a model of discrete actions without masks and without
 * chance nodes: the mean of their returns, discounted as the model says, with an optional value of the last state. All
 * rollouts of all new nodes are one batch, a step of which is one model call; it ends where all episodes have ended. A game's
 * rollouts know its legal moves: {@code GameRollouts}.
 *
 * <p>A column's rollouts depend on its key and sample alone, whatever the other columns are. What the state fixes (an
 * ensemble member in its tags) stays fixed. A rollout that diverges makes the value NaN, which a search counts and shuts out.
 * One thread at a time; allocates nothing once it has seen its largest batch.
 *
 * <p>Source: L. Kocsis and C. Szepesvari, "Bandit based Monte-Carlo planning", 2006.
 */
public final class RolloutLeaf implements LeafEvaluator {
    /** Separates the drawn actions from the model's own noise at the same key. */
    private static final int STREAM = 0x524F4C4C;

    private final WorldModel model;
    private final int rollouts;
    private final int steps;
    private final @Nullable ValueFunction terminal;
    private int capacity;
    private StepBuffer even;
    private StepBuffer odd;
    private ColumnKeys keys;
    /** The nodes that are rolled out. */
    private int[] live = {};
    private int[] actionKey = {};
    private float[] fractions = {};
    private float[] actions = {};
    private float[] weights = {};
    private float[] returns = {};

    /**
     * Creates an evaluation.
     *
     * @param model    one player, discrete actions; forked
     * @param steps    steps of a rollout, at least 1
     * @param rollouts rollouts of a node, at least 1; the mean is its value
     * @param terminal value of the state after the last step, or null for 0
     * @throws IllegalArgumentException if the model has continuous actions or several players
     */
    public RolloutLeaf(WorldModel model, int steps, int rollouts, @Nullable ValueFunction terminal) {
        if (model.spec().actionCount() == 0) {
            throw new IllegalArgumentException("The model has continuous actions, but random rollouts need discrete ones.");
        }
        Checks.same("players of the model", model.spec().players(), "one player", 1);
        this.model = model.fork();
        this.rollouts = Checks.positive("rollouts", rollouts);
        this.steps = Checks.positive("steps", steps);
        this.terminal = terminal;
        even = new StepBuffer(model.spec(), 1);
        odd = even;
        keys = new ColumnKeys(1);
    }

    @Override
    public int modelStepsPerColumn() {
        return (int) Math.min(Integer.MAX_VALUE, (long) steps * rollouts * Math.min(Integer.MAX_VALUE, model.stepCost()));
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys nodeKeys, NodeBuffer nodes) {
        int count = findLive(nodes, states.columns());
        if (count == 0) return;
        int columns = Math.multiplyExact(count, rollouts);
        reserve(columns);
        begin(states, nodeKeys, columns);
        StepBuffer from = even;
        StepBuffer to = odd;
        for (int t = 0; t < steps; t++) {
            act(t, columns);
            // Step 0 is the one that made the node.
            model.step(from.next(), actions, keys.step(t + 1), to);
            if (!earn(to, columns)) break;
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        addTerminal(from.next(), columns);
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int j = i * rollouts; j < (i + 1) * rollouts; j++) sum += returns[j];
            nodes.value()[live[i]] = sum / rollouts;
        }
    }

    /** Lists the nodes at which the episode goes on and returns their number; the others are worth 0. */
    private int findLive(NodeBuffer nodes, int columns) {
        if (live.length < columns) live = new int[columns];
        int count = 0;
        for (int k = 0; k < columns; k++) {
            if (nodes.kind()[k] == NodeKind.TERMINAL) nodes.value()[k] = 0;
            else live[count++] = k;
        }
        return count;
    }

    private void reserve(int columns) {
        if (capacity >= columns) return;
        capacity = columns;
        even = new StepBuffer(model.spec(), columns);
        odd = new StepBuffer(model.spec(), columns);
        keys = new ColumnKeys(columns);
        actionKey = new int[columns];
        fractions = new float[Math.multiplyExact(steps, columns)];
        actions = new float[columns];
        weights = new float[columns];
        returns = new float[columns];
    }

    private void begin(ModelState states, ColumnKeys nodeKeys, int columns) {
        copy(states, columns);
        keys.resize(columns);
        for (int j = 0; j < columns; j++) {
            int k = live[j / rollouts];
            keys.key0()[j] = nodeKeys.key0()[k];
            keys.key1()[j] = nodeKeys.key1()[k];
            keys.sample()[j] = nodeKeys.sample()[k] * rollouts + j % rollouts;
            actionKey[j] = keys.key0()[j] ^ STREAM;
        }
        Kernels.get().fillUniform(actionKey, keys.key1(), keys.sample(), 0, 0, steps, columns, fractions, 0, columns);
        Arrays.fill(weights, 0, columns, 1);
        Arrays.fill(returns, 0, columns, 0);
    }

    private void copy(ModelState states, int columns) {
        int all = states.columns();
        ModelState out = even.next();
        if (columns == all * rollouts) {
            out.repeat(states, rollouts, 0, columns);
            return;
        }
        out.resize(columns);
        for (int j = 0; j < columns; j++) {
            int k = live[j / rollouts];
            for (int d = 0; d < states.stateSize(); d++) out.values()[d * columns + j] = states.values()[d * all + k];
            for (int d = 0; d < states.tagSize(); d++) out.tags()[d * columns + j] = states.tags()[d * all + k];
        }
    }

    private void act(int t, int columns) {
        int count = model.spec().actionCount();
        // The product may round up to the count.
        for (int j = 0; j < columns; j++) actions[j] = Math.min(count - 1, (int) (count * fractions[t * columns + j]));
    }

    /** Adds the rewards of a step and tells whether any rollout goes on. */
    private boolean earn(StepBuffer step, int columns) {
        boolean any = false;
        for (int j = 0; j < columns; j++) {
            // What a model says after the end of an episode does not count, not even a NaN.
            if (weights[j] == 0) continue;
            returns[j] += weights[j] * step.reward()[j];
            weights[j] *= step.discount()[j];
            any |= weights[j] != 0;
        }
        return any;
    }

    private void addTerminal(ModelState last, int columns) {
        if (terminal == null) return;
        terminal.value(last, fractions);
        for (int j = 0; j < columns; j++) if (weights[j] != 0) returns[j] += weights[j] * fractions[j];
    }

    @Override
    public LeafEvaluator fork() {
        return new RolloutLeaf(model, steps, rollouts, terminal);
    }
}
