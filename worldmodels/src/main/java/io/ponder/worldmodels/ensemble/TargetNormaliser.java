package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * Lets the networks predict standardised targets, with the mean and standard deviation of the training data, and scales predictions
 * back. With it the bounds of the log-variance mean the same for every entry, whatever its unit. Refitted before every fit.
 */
public final class TargetNormaliser extends PredictorStage {
    private final Standardisation ofTargets;
    private float[] meanBuffer = {};

    /** Creates the stage; means 0 and scales 1 before the first fit. */
    public TargetNormaliser(Predictor inner) {
        this(inner, new Standardisation(inner.targetSize()));
    }

    private TargetNormaliser(Predictor inner, Standardisation ofTargets) {
        super(Stage.TARGET_NORMALISER, inner);
        this.ofTargets = ofTargets;
    }

    @Override
    public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
        inner().predict(member, observations, actions, columns, out);
        scaleBack(out, 1, columns);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        inner().predictAll(observations, actions, columns, out);
        scaleBack(out, members(), columns);
    }

    private void scaleBack(Prediction out, int blocks, int columns) {
        ofTargets.invert(out.mean(), blocks, columns, out.mean());
        float[] logVariance = out.logVariance();
        for (int row = 0; row < blocks * targetSize(); row++) {
            float shift = (float) (2 * Math.log(ofTargets.scale(row % targetSize())));
            for (int k = row * columns; k < (row + 1) * columns; k++) logVariance[k] += shift;
        }
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
        int length = targetSize() * columns;
        if (meanBuffer.length < length) meanBuffer = new float[length];
        for (int d = 0; d < targetSize(); d++) {
            float scale = ofTargets.scale(d);
            for (int k = d * columns; k < (d + 1) * columns; k++) meanBuffer[k] = meanCotangent[k] * scale;
        }
        inner().backward(member, observations, actions, columns, meanBuffer, logVarianceCotangent, toObservations, toActions);
    }

    @Override
    public void prepare(Samples samples) {
        ofTargets.fit(samples.targets(), samples.columns());
        inner().prepare(standardise(samples));
    }

    @Override
    public void train(Samples samples) {
        inner().train(standardise(samples));
    }

    @Override
    public void addErrors(Samples samples, double[] sum) {
        inner().addErrors(standardise(samples), sum);
    }

    private Samples standardise(Samples samples) {
        ofTargets.apply(samples.targets(), samples.blocks(), samples.columns(), samples.targets());
        TrainingTerms terms = samples.terms();
        if (terms != null) rescale(terms, samples);
        return samples;
    }

    private void rescale(TrainingTerms terms, Samples samples) {
        int columns = samples.columns();
        for (int row = 0; row < samples.blocks() * targetSize(); row++) {
            float moved = terms.scale()[row % targetSize()] * ofTargets.mean(row % targetSize());
            for (int k = row * columns; k < (row + 1) * columns; k++) terms.shift()[k] += moved;
        }
        for (int d = 0; d < targetSize(); d++) terms.scale()[d] *= ofTargets.scale(d);
    }

    @Override
    public void visitTensors(TensorVisitor visitor) {
        ofTargets.visitTensors("target", visitor);
        super.visitTensors(visitor);
    }

    @Override
    public @Nullable KernelEnsemble lower() {
        KernelEnsemble plan = inner().lower();
        if (plan == null) return null;
        for (int d = 0; d < targetSize(); d++) {
            plan.targetMean()[d] = ofTargets.mean(d);
            plan.targetScale()[d] = ofTargets.scale(d);
        }
        return plan;
    }

    @Override
    public Predictor fork() {
        return new TargetNormaliser(inner().fork(), ofTargets);
    }
}
