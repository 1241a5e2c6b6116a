package io.ponder.planners;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/** Models with known optimal plans, and broken ones. */
final class TestModels {
    private TestModels() {}

    /**
     * The double integrator of the known answers: x' = x + dt v + dt^2/2 u, v' = v + dt u, dt = 0.1, with the cost
     * x^2 + 0.1 v^2 + 0.01 u^2 of a step (at the state before it). With n discrete actions they are n forces from -1 to 1.
     */
    static class DoubleIntegrator implements WorldModel, Differentiable {
        static final float DT = 0.1f;
        static final float SPEED_COST = 0.1f;
        static final float ACTION_COST = 0.01f;

        private final ModelSpec spec;

        DoubleIntegrator() {
            this(0);
        }

        DoubleIntegrator(int actionCount) {
            spec = actionCount == 0 ? ModelSpec.continuous(2, 1) : ModelSpec.discrete(2, actionCount);
        }

        /** Returns the force of an action. */
        static float force(float action, int actionCount) {
            return actionCount == 0 ? action : 2 * action / (actionCount - 1) - 1;
        }

        @Override
        public ModelSpec spec() {
            return spec;
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, 2 * columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int n = state.columns();
            float[] x = state.values();
            float[] next = out.next().resize(n).values();
            for (int k = 0; k < n; k++) {
                float position = x[k];
                float speed = x[n + k];
                float u = force(actions[k], spec.actionCount());
                out.reward()[k] = -(position * position + SPEED_COST * speed * speed + ACTION_COST * u * u);
                next[k] = position + DT * speed + 0.5f * DT * DT * u;
                next[n + k] = speed + DT * u;
            }
            Arrays.fill(out.discount(), 0, n, 1);
        }

        @Override
        public void backward(
                ModelState state,
                float[] actions,
                ColumnKeys keys,
                float[] nextCotangent,
                float[] rewardCotangent,
                float[] stateCotangent,
                float[] actionCotangent) {
            int n = state.columns();
            float[] x = state.values();
            for (int k = 0; k < n; k++) {
                float r = rewardCotangent[k];
                float toPosition = nextCotangent[k];
                float toSpeed = nextCotangent[n + k];
                stateCotangent[k] = toPosition - 2 * r * x[k];
                stateCotangent[n + k] = DT * toPosition + toSpeed - 2 * SPEED_COST * r * x[n + k];
                actionCotangent[k] = 0.5f * DT * DT * toPosition + DT * toSpeed - 2 * ACTION_COST * r * actions[k];
            }
        }

        @Override
        public int blockColumns() {
            return 64;
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    /** The terminal cost x^2 + 0.1 v^2. */
    static final class IntegratorTerminal implements ValueFunction {
        @Override
        public void value(ModelState state, float[] out) {
            int n = state.columns();
            float[] x = state.values();
            for (int k = 0; k < n; k++) {
                out[k] = -(x[k] * x[k] + DoubleIntegrator.SPEED_COST * x[n + k] * x[n + k]);
            }
        }

        @Override
        public void gradient(ModelState state, float[] out) {
            int n = state.columns();
            float[] x = state.values();
            for (int k = 0; k < n; k++) {
                out[k] = -2 * x[k];
                out[n + k] = -2 * DoubleIntegrator.SPEED_COST * x[n + k];
            }
        }

        @Override
        public boolean differentiable() {
            return true;
        }
    }

    /** A double integrator whose reward is NaN where a force is above a threshold. */
    static final class Diverging extends DoubleIntegrator {
        float threshold;

        Diverging(float threshold, int actionCount) {
            super(actionCount);
            this.threshold = threshold;
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            super.step(state, actions, keys, out);
            for (int k = 0; k < state.columns(); k++) {
                if (force(actions[k], spec().actionCount()) > threshold) out.reward()[k] = k % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
            }
        }
    }

    /** A double integrator that does something before each step. */
    static final class Hooked extends DoubleIntegrator {
        java.util.function.IntConsumer hook = columns -> {};

        Hooked(int actionCount) {
            super(actionCount);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            hook.accept(state.columns());
            super.step(state, actions, keys, out);
        }

        @Override
        public void backward(
                ModelState state,
                float[] actions,
                ColumnKeys keys,
                float[] nextCotangent,
                float[] rewardCotangent,
                float[] stateCotangent,
                float[] actionCotangent) {
            hook.accept(2 * state.columns());
            super.backward(state, actions, keys, nextCotangent, rewardCotangent, stateCotangent, actionCotangent);
        }
    }
}
