package io.ponder.examples.knownanswers;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/**
 * A chain of D masses, each pushed by 2 tanh(u), held back by drag, pulled by a sine and by springs to its neighbours; the cost of a step is
 * the mean of (x - 1)^2 + 0.05 v^2 + 0.01 u^2 after it. Smooth, with one action a mass, so that D sets how many entries a plan has.
 */
final class MassChain implements WorldModel, Differentiable {
    static final int HORIZON = 15;
    static final float LARGEST_ACTION = 2;

    private static final double TIME_STEP = 0.1;
    private static final double PUSH = 2;
    private static final double DRAG = 0.3;
    private static final double PULL = 0.5;
    private static final double SPRING = 0.8;
    private static final double TARGET = 1;
    private static final double SPEED_COST = 0.05;
    private static final double ACTION_COST = 0.01;

    private final int masses;

    MassChain(int masses) {
        this.masses = Checks.positive("masses", masses);
    }

    @Override
    public ModelSpec spec() {
        return ModelSpec.continuous(2 * masses, masses);
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, 2 * masses * columns);
    }

    private double force(float[] x, int d, int n, int k) {
        double own = x[d * n + k];
        double springs = 0;
        if (d > 0) springs += x[(d - 1) * n + k] - own;
        if (d + 1 < masses) springs += x[(d + 1) * n + k] - own;
        return -DRAG * x[(masses + d) * n + k] - PULL * Math.sin(own) + SPRING * springs;
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int n = state.columns();
        float[] x = state.values();
        float[] next = out.next().resize(n).values();
        Arrays.fill(out.discount(), 0, n, 1);
        for (int k = 0; k < n; k++) {
            double cost = 0;
            for (int d = 0; d < masses; d++) {
                double u = actions[d * n + k];
                double speed = x[(masses + d) * n + k] + TIME_STEP * (PUSH * Math.tanh(u) + force(x, d, n, k));
                double position = x[d * n + k] + TIME_STEP * speed;
                next[(masses + d) * n + k] = (float) speed;
                next[d * n + k] = (float) position;
                cost += (position - TARGET) * (position - TARGET) + SPEED_COST * speed * speed + ACTION_COST * u * u;
            }
            out.reward()[k] = (float) (-cost / masses);
        }
    }

    @Override
    public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
            float[] stateCotangent, float[] actionCotangent) {
        int n = state.columns();
        float[] x = state.values();
        Arrays.fill(stateCotangent, 0, 2 * masses * n, 0);
        for (int k = 0; k < n; k++) {
            double unit = -rewardCotangent[k] / masses;
            for (int d = 0; d < masses; d++) {
                double u = actions[d * n + k];
                double push = Math.tanh(u);
                double speed = x[(masses + d) * n + k] + TIME_STEP * (PUSH * push + force(x, d, n, k));
                double position = x[d * n + k] + TIME_STEP * speed;
                double toPosition = nextCotangent[d * n + k] + unit * 2 * (position - TARGET);
                double toSpeed = nextCotangent[(masses + d) * n + k] + unit * 2 * SPEED_COST * speed + TIME_STEP * toPosition;
                double toForce = TIME_STEP * toSpeed;
                actionCotangent[d * n + k] = (float) (PUSH * (1 - push * push) * toForce + unit * 2 * ACTION_COST * u);
                stateCotangent[(masses + d) * n + k] += (float) (toSpeed - DRAG * toForce);
                int springs = 0;
                if (d > 0) {
                    springs++;
                    stateCotangent[(d - 1) * n + k] += (float) (SPRING * toForce);
                }
                if (d + 1 < masses) {
                    springs++;
                    stateCotangent[(d + 1) * n + k] += (float) (SPRING * toForce);
                }
                double pull = PULL * Math.cos(x[d * n + k]) + SPRING * springs;
                stateCotangent[d * n + k] += (float) (toPosition - pull * toForce);
            }
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
