package io.ponder.worldmodels.wrappers;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.uncertainty.UncertaintyEstimator;

/**
 * Ends an imagined episode where the ensemble does not know what comes, with a reward of its own: the pessimistic process of MOReL (Kidambi
 * et al. 2020, "MOReL: Model-based offline reinforcement learning", definition 2), whose absorbing HALT is an end here.
 *
 * <p>Costs one prediction of every member a step. One thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class HaltOnUncertainty extends ModelWrapper {
    private final UncertaintyEstimator estimator;
    private final float threshold;
    private final float haltReward;
    private final ForecastOfStep forecast;

    /**
     * Wraps {@code inner}.
     *
     * @param estimator  {@code MAX_PAIRWISE} in the paper
     * @param scale      what entries of observations are divided by, {@code [O]}. Copied.
     * @param threshold  uncertainty above which the episode ends, at least 0
     * @param haltReward reward of such a step; worse than any policy that stays where the data are, whatever the steps left
     */
    public HaltOnUncertainty(
            WorldModel inner, UncertaintyEstimator estimator, float[] scale, double threshold, double haltReward) {
        super(inner);
        this.estimator = estimator;
        this.threshold = (float) Checks.inRange("threshold", threshold, 0, Float.MAX_VALUE);
        this.haltReward = (float) Checks.inRange("haltReward", haltReward, -Float.MAX_VALUE, Float.MAX_VALUE);
        forecast = new ForecastOfStep(inner, estimator, scale, "A halt on uncertainty");
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        inner().step(state, actions, keys, out);
        float[] scores = forecast.score(state, actions, keys, out);
        for (int k = 0; k < state.columns(); k++) {
            if (!(scores[k] > threshold)) continue;
            out.reward()[k] = haltReward;
            out.discount()[k] = 0;
        }
    }

    @Override
    public WorldModel fork() {
        return new HaltOnUncertainty(inner().fork(), estimator, forecast.scale(), threshold, haltReward);
    }
}
