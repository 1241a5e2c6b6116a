package io.ponder.worldmodels.uncertainty;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionBatch;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.EnsembleView;
import java.util.Arrays;

/** Multiplies an estimator, so that weights and thresholds mean the same for all of them. Immutable. */
public final class ScaledUncertainty implements UncertaintyEstimator {
    private static final int BLOCK = 512;

    private final UncertaintyEstimator inner;
    private final float factor;

    /** Creates an estimator that answers {@code factor} times what {@code inner} does. */
    public ScaledUncertainty(UncertaintyEstimator inner, double factor) {
        this.inner = inner;
        this.factor = (float) Checks.positive("factor", factor);
    }

    /**
     * Returns an estimator whose mean over a data set is 1. What was drawn is what happened, and row i counts as drawn from member i mod E.
     * Allocates.
     *
     * @param scale what entries of observations are divided by, {@code [O]}; the same as in later forecasts
     */
    public static ScaledUncertainty meanOne(
            UncertaintyEstimator inner, EnsembleView ensemble, TransitionStore data, float[] scale) {
        double mean = mean(inner, ensemble, data, scale);
        return new ScaledUncertainty(inner, mean > 0 ? 1 / mean : 1);
    }

    private static double mean(UncertaintyEstimator inner, EnsembleView ensemble, TransitionStore data, float[] scale) {
        int size = Checks.positive("rows of the data", data.size());
        var rows = new int[size];
        Arrays.setAll(rows, i -> i);
        var batch = new TransitionBatch(data.observationSize(), data.actionSize(), Math.min(size, BLOCK));
        var forecast = new Forecast(ensemble, data.observationSize());
        System.arraycopy(scale, 0, forecast.scale(), 0, data.observationSize());
        var scores = new float[BLOCK];
        double sum = 0;
        for (int first = 0; first < size; first += BLOCK) {
            int count = Math.min(BLOCK, size - first);
            batch.gather(data, rows, first, count);
            forecast.predict(ensemble, batch.observations(), batch.actions(), count);
            System.arraycopy(batch.nextObservations(), 0, forecast.next(), 0, data.observationSize() * count);
            for (int k = 0; k < count; k++) forecast.member()[k] = (first + k) % ensemble.members();
            inner.score(forecast, scores);
            for (int k = 0; k < count; k++) sum += scores[k];
        }
        return sum / size;
    }

    @Override
    public void score(Forecast forecast, float[] out) {
        inner.score(forecast, out);
        for (int k = 0; k < forecast.columns(); k++) out[k] *= factor;
    }
}
