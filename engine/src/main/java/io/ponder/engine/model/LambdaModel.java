package io.ponder.engine.model;

import io.ponder.engine.Checks;
import java.util.function.Predicate;

/**
 * Makes a world model out of a plain function of one sample, so that a first program is ten lines.
 *
 * <p>This is the slow way: every column is copied out, stepped by one virtual call and copied back, nothing is vectorised. Write a
 * {@link WorldModel} with loops over the column index once the planner works and time matters.
 *
 * <p>The function must be pure; {@link #fork} shares it between threads.
 */
public final class LambdaModel implements WorldModel, ObservationModel {
    /** Steps one sample. */
    @FunctionalInterface
    public interface Step {
        /**
         * Writes the next observation and returns the reward.
         *
         * @param observation before the step. Not modified.
         * @param action      the action. Not modified.
         * @param next        after the step. Modified.
         */
        double step(float[] observation, float[] action, float[] next);
    }

    private final ModelSpec spec;
    private final Step step;
    private final Predicate<float[]> terminated;
    private final float discount;
    private final float[] observation;
    private final float[] action;
    private final float[] next;

    private LambdaModel(ModelSpec spec, Step step, Predicate<float[]> terminated, float discount) {
        this.spec = spec;
        this.step = step;
        this.terminated = terminated;
        this.discount = discount;
        observation = new float[spec.observationSize()];
        action = new float[spec.actionSize()];
        next = new float[spec.observationSize()];
    }

    /** Returns an undiscounted model with continuous actions that never terminates. */
    public static LambdaModel of(int observationSize, int actionSize, Step step) {
        return new LambdaModel(ModelSpec.continuous(observationSize, actionSize), step, x -> false, 1);
    }

    /** Returns this model with episodes that end where a condition holds for the next observation. */
    public LambdaModel endingWhere(Predicate<float[]> terminatedAt) {
        return new LambdaModel(spec, step, terminatedAt, discount);
    }

    /** Returns this model with a discount from 0 to 1 a step. */
    public LambdaModel discountedBy(double newDiscount) {
        return new LambdaModel(spec, step, terminated, (float) Checks.inRange("discount", newDiscount, 0, 1));
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, spec.observationSize() * columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        float[] from = state.values();
        float[] to = out.next().resize(columns).values();
        for (int k = 0; k < columns; k++) {
            for (int d = 0; d < observation.length; d++) observation[d] = from[d * columns + k];
            for (int a = 0; a < action.length; a++) action[a] = actions[a * columns + k];
            out.reward()[k] = (float) step.step(observation, action, next);
            out.discount()[k] = terminated.test(next) ? 0 : discount;
            for (int d = 0; d < next.length; d++) to[d * columns + k] = next[d];
        }
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        System.arraycopy(state.values(), 0, observations, 0, spec.observationSize() * state.columns());
    }

    @Override
    public boolean observationDifferentiable() {
        return true;
    }

    @Override
    public void observeBackward(ModelState state, float[] cotangent, float[] stateCotangent) {
        int length = spec.observationSize() * state.columns();
        for (int i = 0; i < length; i++) stateCotangent[i] += cotangent[i];
    }

    @Override
    public WorldModel fork() {
        return new LambdaModel(spec, step, terminated, discount);
    }
}
