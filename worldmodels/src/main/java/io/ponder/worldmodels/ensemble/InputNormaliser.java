package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * Standardises what the networks read with the mean and standard deviation of the training data (Chua et al. 2018). Refitted before
 * every fit.
 */
public final class InputNormaliser extends PredictorStage {
    private final Standardisation ofObservations;
    private final Standardisation ofActions;
    private float[] observationBuffer = {};
    private float[] actionBuffer = {};

    /** Creates the stage around the networks; means 0 and scales 1 before the first fit. */
    public InputNormaliser(Predictor inner) {
        this(inner, new Standardisation(inner.observationSize()), new Standardisation(inner.actionSize()));
    }

    private InputNormaliser(Predictor inner, Standardisation ofObservations, Standardisation ofActions) {
        super(Stage.INPUT_NORMALISER, inner);
        this.ofObservations = ofObservations;
        this.ofActions = ofActions;
    }

    @Override
    public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
        standardise(observations, actions, columns);
        inner().predict(member, observationBuffer, actionBuffer, columns, out);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        standardise(observations, actions, columns);
        inner().predictAll(observationBuffer, actionBuffer, columns, out);
    }

    private void standardise(float[] observations, float[] actions, int columns) {
        int needed = columns * observationSize();
        if (observationBuffer.length < needed) {
            observationBuffer = new float[needed];
            actionBuffer = new float[columns * actionSize()];
        }
        ofObservations.apply(observations, 1, columns, observationBuffer);
        ofActions.apply(actions, 1, columns, actionBuffer);
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
        standardise(observations, actions, columns);
        inner().backward(member, observationBuffer, actionBuffer, columns, meanCotangent, logVarianceCotangent, toObservations,
                toActions);
        ofObservations.applyBackward(toObservations, columns);
        ofActions.applyBackward(toActions, columns);
    }

    @Override
    public void prepare(Samples samples) {
        ofObservations.fit(samples.observations(), samples.columns());
        ofActions.fit(samples.actions(), samples.columns());
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
        ofObservations.apply(samples.observations(), samples.blocks(), samples.columns(), samples.observations());
        ofActions.apply(samples.actions(), samples.blocks(), samples.columns(), samples.actions());
        return samples;
    }

    @Override
    public void visitTensors(TensorVisitor visitor) {
        ofObservations.visitTensors("input.observation", visitor);
        ofActions.visitTensors("input.action", visitor);
        super.visitTensors(visitor);
    }

    @Override
    public @Nullable KernelEnsemble lower() {
        KernelEnsemble plan = inner().lower();
        if (plan == null) return null;
        int observations = observationSize();
        for (int i = 0; i < observations + actionSize(); i++) {
            boolean observed = i < observations;
            plan.inputMean()[i] = observed ? ofObservations.mean(i) : ofActions.mean(i - observations);
            plan.inputScale()[i] = observed ? ofObservations.scale(i) : ofActions.scale(i - observations);
        }
        return plan;
    }

    @Override
    public Predictor fork() {
        return new InputNormaliser(inner().fork(), ofObservations, ofActions);
    }
}
