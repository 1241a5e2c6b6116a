package io.ponder.planners.trajectory;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Models whose best plans are known. */
final class Models {
    private Models() {}

    /**
     * Position and speed of a mass with x' = x + 0.1 v + 0.005 u, v' = v + 0.1 (u - pull sin x), and the cost x^2 + 0.1 v^2 + 0.01 u^2 of
     * a step at the state before it. Without a pull it is the double integrator of the known answers.
     */
    static class Mass implements WorldModel, Differentiable {
        final float pull;
        final boolean derivatives;
        IntConsumer hook = columns -> {};
        float threshold = Float.POSITIVE_INFINITY;

        Mass(double pull, boolean derivatives) {
            this.pull = (float) pull;
            this.derivatives = derivatives;
        }

        @Override
        public ModelSpec spec() {
            return ModelSpec.continuous(2, 1);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, 2 * columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int n = state.columns();
            hook.accept(n);
            float[] x = state.values();
            float[] next = out.next().resize(n).values();
            for (int k = 0; k < n; k++) {
                float u = actions[k];
                out.reward()[k] = u > threshold ? Float.NaN : -(x[k] * x[k] + 0.1f * x[n + k] * x[n + k] + 0.01f * u * u);
                next[k] = x[k] + 0.1f * x[n + k] + 0.005f * u;
                next[n + k] = x[n + k] + 0.1f * (u - pull * (float) Math.sin(x[k]));
            }
            Arrays.fill(out.discount(), 0, n, 1);
        }

        @Override
        public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
                float[] stateCotangent, float[] actionCotangent) {
            int n = state.columns();
            hook.accept(3 * n);
            float[] x = state.values();
            for (int k = 0; k < n; k++) {
                float r = rewardCotangent[k];
                float toPosition = nextCotangent[k];
                float toSpeed = nextCotangent[n + k];
                stateCotangent[k] = toPosition - 0.1f * pull * (float) Math.cos(x[k]) * toSpeed - 2 * r * x[k];
                stateCotangent[n + k] = 0.1f * toPosition + toSpeed - 0.2f * r * x[n + k];
                actionCotangent[k] = 0.005f * toPosition + 0.1f * toSpeed - 0.02f * r * actions[k];
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

        @Override
        public <T> @Nullable T as(Class<T> capability) {
            if (capability == Differentiable.class && !derivatives) return null;
            return capability.isInstance(this) ? capability.cast(this) : null;
        }
    }

    /** The terminal cost x^2 + 0.1 v^2. */
    static final class Terminal implements ValueFunction {
        private final boolean derivatives;

        Terminal(boolean derivatives) {
            this.derivatives = derivatives;
        }

        @Override
        public void value(ModelState state, float[] out) {
            int n = state.columns();
            float[] x = state.values();
            for (int k = 0; k < n; k++) out[k] = -(x[k] * x[k] + 0.1f * x[n + k] * x[n + k]);
        }

        @Override
        public void gradient(ModelState state, float[] out) {
            int n = state.columns();
            float[] x = state.values();
            for (int k = 0; k < n; k++) {
                out[k] = -2 * x[k];
                out[n + k] = -0.2f * x[n + k];
            }
        }

        @Override
        public boolean differentiable() {
            return derivatives;
        }
    }

    /** Returns the cost of a plan from (1, 0) in double precision, terminal cost included. */
    static double cost(double pull, float[] plan) {
        double x = 1;
        double v = 0;
        double cost = 0;
        for (float u : plan) {
            cost += x * x + 0.1 * v * v + 0.01 * u * u;
            double next = x + 0.1 * v + 0.005 * u;
            v += 0.1 * (u - pull * Math.sin(x));
            x = next;
        }
        return cost + x * x + 0.1 * v * v;
    }
}
