package io.ponder.worldmodels.linear;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/**
 * Steps the linear-quadratic problem {@code x' = A x + B u}, {@code reward = -(x' Q x + u' R u)}, whose optimal plans have closed
 * forms (Riccati equation). The reward of a step is that of the state before it; add the cost of the last state as a
 * {@link QuadraticValue}.
 *
 * <p>The observation is the state. Immutable and without scratch memory: one instance serves any number of threads.
 */
public final class LinearQuadraticModel implements WorldModel, ObservationModel, Differentiable {
    private final ModelSpec spec;
    private final int n;
    private final int m;
    private final float[] a;
    private final float[] b;
    private final float[] q;
    private final float[] r;

    /**
     * Creates the model.
     *
     * @param a {@code [n x n]}, transition of the state
     * @param b {@code [n x m]}, effect of the action
     * @param q {@code [n x n]}, cost of the state; need not be symmetric
     * @param r {@code [m x m]}, cost of the action; need not be symmetric
     * @throws IllegalArgumentException if the shapes do not agree
     */
    public LinearQuadraticModel(double[][] a, double[][] b, double[][] q, double[][] r) {
        n = Checks.positive("rows of a", a.length);
        Checks.same("rows of b", b.length, "rows of a", n);
        m = Checks.positive("columns of b", b[0].length);
        this.a = Affine.flatten("a", a, n, n);
        this.b = Affine.flatten("b", b, n, m);
        this.q = Affine.flatten("q", q, n, n);
        this.r = Affine.flatten("r", r, m, m);
        spec = ModelSpec.continuous(n, m);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, n * columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        float[] x = state.values();
        float[] next = out.next().resize(columns).values();
        Arrays.fill(next, 0, n * columns, 0);
        Affine.addProduct(a, n, n, x, columns, next);
        Affine.addProduct(b, n, m, actions, columns, next);
        float[] reward = out.reward();
        Arrays.fill(reward, 0, columns, 0);
        Affine.addQuadratic(-1, q, n, x, columns, reward);
        Affine.addQuadratic(-1, r, m, actions, columns, reward);
        Arrays.fill(out.discount(), 0, columns, 1);
    }

    @Override
    public void observe(ModelState state, float[] observations) {
        System.arraycopy(state.values(), 0, observations, 0, n * state.columns());
    }

    @Override
    public boolean observationDifferentiable() {
        return true;
    }

    @Override
    public void observeBackward(ModelState state, float[] cotangent, float[] stateCotangent) {
        int length = n * state.columns();
        for (int i = 0; i < length; i++) stateCotangent[i] += cotangent[i];
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
        int columns = state.columns();
        Arrays.fill(stateCotangent, 0, n * columns, 0);
        Arrays.fill(actionCotangent, 0, m * columns, 0);
        Affine.addTransposed(a, n, n, nextCotangent, columns, stateCotangent);
        Affine.addTransposed(b, n, m, nextCotangent, columns, actionCotangent);
        Affine.addQuadraticGradient(-1, q, n, state.values(), rewardCotangent, columns, stateCotangent);
        Affine.addQuadraticGradient(-1, r, m, actions, rewardCotangent, columns, actionCotangent);
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}
