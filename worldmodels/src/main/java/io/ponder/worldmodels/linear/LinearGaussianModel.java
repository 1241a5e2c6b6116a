package io.ponder.worldmodels.linear;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.Kernels;
import java.util.Arrays;

/**
 * Steps {@code x' = A x + B u + bias + noise} with Gaussian noise of a full covariance, drawn or left out. The reward is 0: put a
 * {@link io.ponder.worldmodels.wrappers.KnownReward} around it. {@link LinearGaussianFit} estimates one from data.
 *
 * <p>The observation is the state. One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class LinearGaussianModel implements WorldModel, ObservationModel, Differentiable {
    private final ModelSpec spec;
    private final int n;
    private final int m;
    private final float[] a;
    private final float[] b;
    private final float[] bias;
    private final float[] deviation;
    private final boolean sampled;
    private float[] noise = {};

    /**
     * Creates the model.
     *
     * @param a          {@code [n x n]}, transition of the state
     * @param b          {@code [n x m]}, effect of the action
     * @param bias       {@code [n]}
     * @param covariance {@code [n x n]} of the noise, symmetric and positive semi-definite
     * @param sampled    whether the noise is drawn; otherwise a step gives the mean
     * @throws IllegalArgumentException if the shapes do not agree or the covariance is none
     */
    public LinearGaussianModel(double[][] a, double[][] b, double[] bias, double[][] covariance, boolean sampled) {
        n = Checks.positive("rows of a", a.length);
        Checks.same("rows of b", b.length, "rows of a", n);
        m = Checks.positive("columns of b", b[0].length);
        Checks.same("length of bias", bias.length, "rows of a", n);
        this.a = Affine.flatten("a", a, n, n);
        this.b = Affine.flatten("b", b, n, m);
        this.bias = new float[n];
        for (int i = 0; i < n; i++) this.bias[i] = (float) bias[i];
        Affine.flatten("covariance", covariance, n, n);
        deviation = Affine.flatten("deviation", SemidefiniteRoot.of(covariance), n, n);
        this.sampled = sampled;
        spec = ModelSpec.continuous(n, m);
    }

    private LinearGaussianModel(LinearGaussianModel other, boolean sampled) {
        spec = other.spec;
        n = other.n;
        m = other.m;
        a = other.a;
        b = other.b;
        bias = other.bias;
        deviation = other.deviation;
        this.sampled = sampled;
    }

    /** Returns the same model with noise drawn or left out. */
    public LinearGaussianModel withSampling(boolean nowSampled) {
        return new LinearGaussianModel(this, nowSampled);
    }

    /** Returns entry {@code (i, j)} of A. */
    public float transition(int i, int j) {
        return a[i * n + j];
    }

    /** Returns entry {@code (i, j)} of B. */
    public float control(int i, int j) {
        return b[i * m + j];
    }

    /** Returns entry {@code i} of the bias. */
    public float bias(int i) {
        return bias[i];
    }

    /** Returns entry {@code (i, j)} of the noise covariance. */
    public double covariance(int i, int j) {
        double sum = 0;
        for (int l = 0; l < n; l++) sum += (double) deviation[i * n + l] * deviation[j * n + l];
        return sum;
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
        float[] next = out.next().resize(columns).values();
        Affine.fill(bias, n, columns, next);
        Affine.addProduct(a, n, n, state.values(), columns, next);
        Affine.addProduct(b, n, m, actions, columns, next);
        if (sampled) {
            if (noise.length < n * columns) noise = new float[n * columns];
            int evenDraws = (n + 1) & ~1;
            Kernels.get().fillNormal(keys.key0(), keys.key1(), keys.sample(), 0, keys.step() * evenDraws, n, columns, noise, 0,
                    columns);
            Affine.addProduct(deviation, n, n, noise, columns, next);
        }
        Arrays.fill(out.reward(), 0, columns, 0);
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
    }

    @Override
    public WorldModel fork() {
        return new LinearGaussianModel(this, sampled);
    }
}
