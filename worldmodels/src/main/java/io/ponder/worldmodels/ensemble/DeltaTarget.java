package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.tensor.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Lets the chain inside predict the change of the observation, {@code next - observation}; a learned reward behind it is left alone.
 * Keeps no memory of its own.
 */
public final class DeltaTarget extends PredictorStage {
    /** Creates the stage. */
    public DeltaTarget(Predictor inner) {
        super(Stage.DELTA_TARGET, inner);
    }

    @Override
    public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
        inner().predict(member, observations, actions, columns, out);
        add(observations, columns, out.mean(), 0);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        inner().predictAll(observations, actions, columns, out);
        for (int e = 0; e < members(); e++) add(observations, columns, out.mean(), e * targetSize() * columns);
    }

    private void add(float[] observations, int columns, float[] mean, int offset) {
        int length = observationSize() * columns;
        Kernels.get().add(length, mean, offset, observations, 0, mean, offset);
    }

    @Override
    public void backward(
            int[] member,
            float[] observations,
            float[] actions,
            int columns,
            float[] meanCotangent,
            float[] logVarianceCotangent,
            float[] toObservations,
            float[] toActions) {
        inner().backward(
                member, observations, actions, columns, meanCotangent, logVarianceCotangent, toObservations, toActions);
        int length = observationSize() * columns;
        Kernels.get().add(length, toObservations, 0, meanCotangent, 0, toObservations, 0);
    }

    @Override
    public void prepare(Samples samples) {
        inner().prepare(subtract(samples));
    }

    @Override
    public void train(Samples samples) {
        inner().train(subtract(samples));
    }

    @Override
    public void addErrors(Samples samples, double[] sum) {
        inner().addErrors(subtract(samples), sum);
    }

    private Samples subtract(Samples samples) {
        int length = observationSize() * samples.columns();
        for (int block = 0; block < samples.blocks(); block++) {
            int target = block * targetSize() * samples.columns();
            int observation = block * length;
            Kernels.get().subtract(length, samples.targets(), target, samples.observations(), observation, samples.targets(), target);
        }
        TrainingTerms terms = samples.terms();
        if (terms != null) shift(terms, samples);
        return samples;
    }

    private void shift(TrainingTerms terms, Samples samples) {
        int columns = samples.columns();
        for (int block = 0; block < samples.blocks(); block++) {
            for (int d = 0; d < observationSize(); d++) {
                int to = (block * targetSize() + d) * columns;
                Kernels.get().axpy(columns, terms.scale()[d], samples.observations(), (block * observationSize() + d) * columns,
                        terms.shift(), to);
            }
        }
    }

    @Override
    public @Nullable KernelEnsemble lower() {
        KernelEnsemble plan = inner().lower();
        if (plan == null) return null;
        plan.predictsChange();
        return plan;
    }

    @Override
    public Predictor fork() {
        return new DeltaTarget(inner().fork());
    }
}
