package io.ponder.worldmodels.ensemble;

import io.ponder.worldmodels.objective.PredictionLoss;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says what a training step minimises beside the networks' own loss, and keeps how the networks' targets are read in units of the
 * environment: value = shift + scale * target. Every stage that rewrites targets on the way in rewrites this with them.
 *
 * <p>The loss of a column is {@code weight * (ownShare * the networks' own loss + the prediction loss)}. Not thread-safe.
 */
public final class TrainingTerms {
    private final @Nullable PredictionLoss loss;
    private final float ownShare;
    private float[] weights = {};
    private boolean weighted;
    private float[] shift = {};
    private float[] scale = {};

    TrainingTerms(@Nullable PredictionLoss loss, double ownShare) {
        this.loss = loss;
        this.ownShare = (float) ownShare;
    }

    /** Makes the targets of all columns those of the environment; weights are 1 until they are set. */
    void begin(Samples samples) {
        int length = samples.blocks() * samples.targetSize() * samples.columns();
        if (shift.length < length) shift = new float[length];
        if (scale.length < samples.targetSize()) scale = new float[samples.targetSize()];
        Arrays.fill(shift, 0, length, 0);
        Arrays.fill(scale, 1);
        weighted = false;
    }

    /** Returns the array {@code [M x K]} to write weights into; from now on they count. */
    float[] weigh(Samples samples) {
        int length = samples.blocks() * samples.columns();
        if (weights.length < length) weights = new float[length];
        weighted = true;
        return weights;
    }

    /** Returns the loss of predictions, or null where the networks' own is all there is. */
    public @Nullable PredictionLoss loss() {
        return loss;
    }

    /** Returns the factor of the networks' own loss where there is another. */
    public float ownShare() {
        return ownShare;
    }

    /** Returns the weights {@code [M x K]} of the columns, or null where all are 1. */
    public float @Nullable [] weights() {
        return weighted ? weights : null;
    }

    /** Returns what is added to a scaled target, {@code [M x D x K]}. May be written. */
    public float[] shift() {
        return shift;
    }

    /** Returns what a target is multiplied by, {@code [D]}. May be written. */
    public float[] scale() {
        return scale;
    }
}
