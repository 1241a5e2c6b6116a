package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Differentiates the returns of whole rollouts with respect to their actions: one forward pass that keeps the states, then the
 * vector-Jacobian products of the steps backwards. Discounts count as constants.
 *
 * <p>Takes {@code (T + 1)} states of all columns at construction. Not thread-safe; allocates nothing after construction.
 */
public final class RolloutGradient {
    private final WorldModel model;
    private final Differentiable differentiable;
    private final int horizon;
    private final StepBuffer[] steps;
    private final float[] weights;
    private final float[] actions;
    private final float[] rewardCotangent;
    private final float[] actionCotangent;
    private final float[] value;
    private float[] stateCotangent;
    private float[] previousCotangent;

    /**
     * Creates the memory for {@code columns} rollouts of length {@code horizon}.
     *
     * @throws IllegalArgumentException if the model is not {@link Differentiable}
     */
    public RolloutGradient(WorldModel model, int columns, int horizon) {
        this.model = model;
        this.horizon = Checks.positive("horizon", horizon);
        differentiable = require(model);
        steps = new StepBuffer[horizon + 1];
        for (int t = 0; t <= horizon; t++) steps[t] = new StepBuffer(model.spec(), columns);
        int actionSize = model.spec().actionSize();
        weights = new float[(horizon + 1) * columns];
        actions = new float[actionSize * columns];
        actionCotangent = new float[actionSize * columns];
        rewardCotangent = new float[columns];
        value = new float[columns];
        stateCotangent = new float[model.spec().stateSize() * columns];
        previousCotangent = new float[model.spec().stateSize() * columns];
    }

    private static Differentiable require(WorldModel model) {
        Differentiable found = model.as(Differentiable.class);
        if (found != null) return found;
        throw new IllegalArgumentException("The model " + model.getClass().getSimpleName()
                + " is not Differentiable, but a gradient planner needs derivatives.\n"
                + "Maybe use cem, icem or mppi, or give the model (and its reward) a backward pass.");
    }

    /**
     * Computes returns and their gradients.
     *
     * @param roots     N columns, {@link WorldModel#begin} already done. Not modified.
     * @param keys      random numbers of the N columns. Modified: the step.
     * @param sequences {@code [T x A x N]}. Not modified.
     * @param terminal  value of the last states, or null
     * @param returns   {@code [N]}. Modified.
     * @param gradient  {@code [T x A x N]}, derivatives of each return with respect to its own actions. Modified.
     */
    public void compute(
            ModelState roots,
            ColumnKeys keys,
            float[] sequences,
            @Nullable ValueFunction terminal,
            float[] returns,
            float[] gradient) {
        int columns = roots.columns();
        int block = model.spec().actionSize() * columns;
        forward(roots, keys, sequences, returns, columns, block);
        Arrays.fill(stateCotangent, 0);
        if (terminal != null) addTerminal(terminal, returns, columns);
        for (int t = horizon - 1; t >= 0; t--) {
            System.arraycopy(weights, t * columns, rewardCotangent, 0, columns);
            System.arraycopy(sequences, t * block, actions, 0, block);
            differentiable.backward(
                    steps[t].next(), actions, keys.step(t), stateCotangent, rewardCotangent, previousCotangent, actionCotangent);
            System.arraycopy(actionCotangent, 0, gradient, t * block, block);
            float[] swap = stateCotangent;
            stateCotangent = previousCotangent;
            previousCotangent = swap;
        }
    }

    private void forward(ModelState roots, ColumnKeys keys, float[] sequences, float[] returns, int columns, int block) {
        steps[0].next().copyFrom(roots);
        Arrays.fill(returns, 0, columns, 0);
        Arrays.fill(weights, 0, columns, 1);
        for (int t = 0; t < horizon; t++) {
            System.arraycopy(sequences, t * block, actions, 0, block);
            model.step(steps[t].next(), actions, keys.step(t), steps[t + 1]);
            float[] reward = steps[t + 1].reward();
            float[] discount = steps[t + 1].discount();
            for (int k = 0; k < columns; k++) {
                float w = weights[t * columns + k];
                if (w != 0) returns[k] += w * reward[k];
                weights[(t + 1) * columns + k] = w != 0 ? w * discount[k] : 0;
            }
        }
    }

    private void addTerminal(ValueFunction terminal, float[] returns, int columns) {
        ModelState last = steps[horizon].next();
        terminal.value(last, value);
        terminal.gradient(last, stateCotangent);
        for (int k = 0; k < columns; k++) {
            float w = weights[horizon * columns + k];
            if (w != 0) returns[k] += w * value[k];
            for (int d = 0; d < last.stateSize(); d++) stateCotangent[d * columns + k] *= w;
        }
    }
}
