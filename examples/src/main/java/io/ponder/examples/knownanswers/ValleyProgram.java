package io.ponder.examples.knownanswers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Constraint;
import java.util.Arrays;

/**
 * Problem 15 of Hock and Schittkowski as one step whose action is (x, y): the cost 100 (y - x^2)^2 + (1 - x)^2, where x y must be at least 1
 * and x + y^2 at least 0.
 */
final class ValleyProgram implements WorldModel, Differentiable {
    @Override
    public ModelSpec spec() {
        return ModelSpec.continuous(1, 2);
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
    }

    /** Returns the objective. */
    static double objective(double x, double y) {
        double valley = y - x * x;
        return 100 * valley * valley + (1 - x) * (1 - x);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int n = state.columns();
        out.next().copyFrom(state);
        for (int k = 0; k < n; k++) out.reward()[k] = (float) -objective(actions[k], actions[n + k]);
        Arrays.fill(out.discount(), 0, n, 1);
    }

    @Override
    public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
            float[] stateCotangent, float[] actionCotangent) {
        int n = state.columns();
        System.arraycopy(nextCotangent, 0, stateCotangent, 0, n);
        for (int k = 0; k < n; k++) {
            double x = actions[k];
            double valley = actions[n + k] - x * x;
            actionCotangent[k] = (float) (rewardCotangent[k] * (400 * valley * x + 2 * (1 - x)));
            actionCotangent[n + k] = (float) (rewardCotangent[k] * -200 * valley);
        }
    }

    @Override
    public WorldModel fork() {
        return this;
    }

    /** The two inequalities. */
    static final class Inside implements Constraint {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public void evaluate(ModelState reached, float[] u, float[] out) {
            int n = reached.columns();
            for (int k = 0; k < n; k++) {
                out[k] = 1 - u[k] * u[n + k];
                out[n + k] = -u[k] - u[n + k] * u[n + k];
            }
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void backward(ModelState reached, float[] u, float[] cotangent, float[] stateCotangent, float[] actionCotangent) {
            int n = reached.columns();
            for (int k = 0; k < n; k++) {
                actionCotangent[k] += -u[n + k] * cotangent[k] - cotangent[n + k];
                actionCotangent[n + k] += -u[k] * cotangent[k] - 2 * u[n + k] * cotangent[n + k];
            }
        }
    }
}
