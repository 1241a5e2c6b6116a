package io.ponder.worldmodels.exact;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelReward;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.RewardFunction;
import java.util.Arrays;

/** Rewards {@code -(x''Q x' + u'R u)} at the observation after the step, the action within its bound. */
final class QuadraticReward implements RewardFunction, Lowerable {
    private final int n;
    private final int m;
    private final float[] q;
    private final float[] r;
    private final float bound;

    QuadraticReward(LinearQuadratic system) {
        n = system.stateSize();
        m = system.actionSize();
        q = new float[n * n];
        r = new float[m * m];
        for (int i = 0; i < q.length; i++) q[i] = (float) system.stateCost()[i];
        for (int i = 0; i < r.length; i++) r[i] = (float) system.actionCost()[i];
        bound = (float) system.bound();
    }

    @Override
    public void lower(KernelPlan plan) {
        float[] constants = new float[q.length + r.length + 1];
        System.arraycopy(q, 0, constants, 0, q.length);
        System.arraycopy(r, 0, constants, q.length, r.length);
        constants[q.length + r.length] = bound;
        plan.reward(KernelReward.QUADRATIC, constants);
    }

    @Override
    public void reward(float[] observations, float[] actions, float[] nextObservations, int columns, float[] out) {
        Arrays.fill(out, 0, columns, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                float entry = q[i * n + j];
                for (int k = 0; k < columns && entry != 0; k++) {
                    out[k] -= entry * nextObservations[i * columns + k] * nextObservations[j * columns + k];
                }
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                float entry = r[i * m + j];
                for (int k = 0; k < columns && entry != 0; k++) {
                    out[k] -= entry * clip(actions[i * columns + k]) * clip(actions[j * columns + k]);
                }
            }
        }
    }

    private float clip(float action) {
        return Math.max(-bound, Math.min(bound, action));
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public void backward(
            float[] observations,
            float[] actions,
            float[] nextObservations,
            int columns,
            float[] cotangent,
            float[] toObservations,
            float[] toActions,
            float[] toNext) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                float entry = q[i * n + j] + q[j * n + i];
                for (int k = 0; k < columns; k++) toNext[i * columns + k] -= entry * cotangent[k] * nextObservations[j * columns + k];
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                float entry = r[i * m + j] + r[j * m + i];
                for (int k = 0; k < columns; k++) {
                    if (Math.abs(actions[i * columns + k]) > bound) continue;
                    toActions[i * columns + k] -= entry * cotangent[k] * clip(actions[j * columns + k]);
                }
            }
        }
    }
}
