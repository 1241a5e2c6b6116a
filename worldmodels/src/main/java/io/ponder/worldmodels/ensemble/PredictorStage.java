package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.Prediction;

/** Passes everything on to the predictor inside; a stage overrides what it changes. */
abstract class PredictorStage implements Predictor {
    private final Stage stage;
    private final Predictor inner;

    PredictorStage(Stage stage, Predictor inner) {
        this.stage = stage;
        this.inner = stage.around(inner);
    }

    /** Returns the predictor inside. */
    final Predictor inner() {
        return inner;
    }

    @Override
    public final Stage stage() {
        return stage;
    }

    @Override
    public final int members() {
        return inner.members();
    }

    @Override
    public final int targetSize() {
        return inner.targetSize();
    }

    @Override
    public final int columnsPerMember() {
        return inner.columnsPerMember();
    }

    @Override
    public int observationSize() {
        return inner.observationSize();
    }

    @Override
    public int actionSize() {
        return inner.actionSize();
    }

    @Override
    public boolean differentiable() {
        return inner.differentiable();
    }

    @Override
    public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
        inner.predict(member, observations, actions, columns, out);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        inner.predictAll(observations, actions, columns, out);
    }

    @Override
    public void prepare(Samples samples) {
        inner.prepare(samples);
    }

    @Override
    public void train(Samples samples) {
        inner.train(samples);
    }

    @Override
    public void addErrors(Samples samples, double[] sum) {
        inner.addErrors(samples, sum);
    }

    @Override
    public final void keepBest(int member) {
        inner.keepBest(member);
    }

    @Override
    public final void restoreBest() {
        inner.restoreBest();
    }

    @Override
    public final long version() {
        return inner.version();
    }

    @Override
    public void visitTensors(TensorVisitor visitor) {
        inner.visitTensors(visitor);
    }
}
