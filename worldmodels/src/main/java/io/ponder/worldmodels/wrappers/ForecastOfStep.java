package io.ponder.worldmodels.wrappers;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.uncertainty.Forecast;
import io.ponder.worldmodels.uncertainty.UncertaintyEstimator;

/** Scores the steps of a model with an ensemble inside. */
final class ForecastOfStep {
    private final EnsembleView ensemble;
    private final UncertaintyEstimator estimator;
    private final Observations observations;
    private final Forecast forecast;
    private final int rows;
    private float[] scores = {};

    ForecastOfStep(WorldModel inner, UncertaintyEstimator estimator, float[] scale, String reader) {
        EnsembleView found = inner.as(EnsembleView.class);
        if (found == null) {
            throw new IllegalArgumentException(reader + " reads what the members of an ensemble predict, but the model "
                    + inner.getClass().getSimpleName() + " has none.\nMaybe wrap a LearnedChain's model.");
        }
        ensemble = found;
        this.estimator = estimator;
        observations = new Observations(inner, reader);
        rows = inner.spec().observationSize();
        forecast = new Forecast(ensemble, rows);
        Checks.same("length of scale", scale.length, "observationSize", rows);
        System.arraycopy(scale, 0, forecast.scale(), 0, rows);
    }

    /** Returns the scores {@code [K]} of a step that was made. */
    float[] score(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        if (scores.length < columns) scores = new float[columns];
        forecast.predict(ensemble, observations.before(state), actions, columns);
        System.arraycopy(observations.after(out.next()), 0, forecast.next(), 0, rows * columns);
        // Which member a step was drawn from is not told; any fixed choice is as good on average.
        for (int k = 0; k < columns; k++) forecast.member()[k] = Math.floorMod(keys.sample()[k] + keys.step(), ensemble.members());
        estimator.score(forecast, scores);
        return scores;
    }

    float[] scale() {
        return forecast.scale();
    }
}
