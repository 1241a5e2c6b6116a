package io.ponder.worldmodels.wrappers;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.uncertainty.UncertaintyEstimator;

/**
 * Subtracts {@code weight * uncertainty} from every reward, so that a planner or a policy stays where the data are (MOPO; Yu et al. 2020,
 * "MOPO: Model-based offline policy optimization", equation 8). A negative weight is a bonus for exploring.
 *
 * <p>Costs one prediction of every member a step. One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class UncertaintyPenalty extends ModelWrapper {
    private final UncertaintyEstimator estimator;
    private final float weight;
    private final ForecastOfStep forecast;

    /**
     * Wraps {@code inner}.
     *
     * @param estimator best scaled to mean 1 on the data
     * @param scale     what entries of observations are divided by, {@code [O]}. Copied.
     * @throws IllegalArgumentException if there is no ensemble inside, or the model does not tell its observations
     */
    public UncertaintyPenalty(WorldModel inner, UncertaintyEstimator estimator, float[] scale, double weight) {
        super(inner);
        this.estimator = estimator;
        this.weight = (float) Checks.inRange("weight", weight, -Float.MAX_VALUE, Float.MAX_VALUE);
        forecast = new ForecastOfStep(inner, estimator, scale, "An uncertainty penalty");
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        inner().step(state, actions, keys, out);
        float[] scores = forecast.score(state, actions, keys, out);
        for (int k = 0; k < state.columns(); k++) out.reward()[k] -= weight * scores[k];
    }

    @Override
    public WorldModel fork() {
        return new UncertaintyPenalty(inner().fork(), estimator, forecast.scale(), weight);
    }
}
