package io.ponder.worldmodels.objective;

import io.ponder.engine.Checks;
import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.data.TransitionBatch;
import io.ponder.engine.data.TransitionStore;

/**
 * Lets a transition count the more, the closer it is to where good behaviour goes: w = exp(-d / width), where d is the distance of its
 * observation and action to the nearest one of a reference, each entry in standard deviations of the training data (Lambert et al. 2020,
 * "Objective mismatch in model-based reinforcement learning", section 5). The model gives up accuracy where the controller never goes.
 *
 * <p>The reference may be an expert's episodes or the best so far. Compares with every reference row; one thread at a time, allocates
 * nothing per batch.
 */
public final class ExpertDistanceWeighting implements SampleWeighting {
    private final int observationSize;
    private final int actionSize;
    private final double width;
    private final float[] inverseScale;
    private final float[] reference;
    private final int references;
    private final float[] sample;

    /**
     * Creates the weighting.
     *
     * @param training  the data that will be fitted, whose standard deviations are the unit of distance; at least one row
     * @param reference where the controller is meant to be; at least one row. Copied.
     * @param width     distance at which a weight has fallen to 1/e, greater than 0
     */
    public ExpertDistanceWeighting(TransitionStore training, TransitionStore reference, double width) {
        observationSize = Checks.same(
                "observationSize of reference", reference.observationSize(), "that of training", training.observationSize());
        actionSize = Checks.same("actionSize of reference", reference.actionSize(), "that of training", training.actionSize());
        this.width = Checks.positive("width", width);
        references = Checks.positive("rows of reference", reference.size());
        Checks.positive("rows of training", training.size());
        int size = observationSize + actionSize;
        sample = new float[size];
        inverseScale = new float[size];
        var statistics = new RunningStatistics(size);
        for (int row = 0; row < training.size(); row++) statistics.add(read(training, row));
        for (int d = 0; d < size; d++) inverseScale[d] = (float) (1 / statistics.scale(d));
        this.reference = new float[size * references];
        for (int row = 0; row < references; row++) {
            float[] point = read(reference, row);
            for (int d = 0; d < size; d++) this.reference[row * size + d] = point[d] * inverseScale[d];
        }
    }

    private float[] read(TransitionStore store, int row) {
        var action = new float[actionSize];
        store.readObservation(row, sample);
        store.readAction(row, action);
        System.arraycopy(action, 0, sample, observationSize, actionSize);
        return sample;
    }

    @Override
    public void weigh(TransitionBatch batch, float[] weights) {
        int columns = batch.columns();
        for (int k = 0; k < columns; k++) {
            for (int d = 0; d < observationSize; d++) sample[d] = batch.observations()[d * columns + k] * inverseScale[d];
            for (int a = 0; a < actionSize; a++) {
                sample[observationSize + a] = batch.actions()[a * columns + k] * inverseScale[observationSize + a];
            }
            weights[k] = (float) Math.exp(-Math.sqrt(nearestSquared()) / width);
        }
    }

    private double nearestSquared() {
        int size = sample.length;
        float nearest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < references; i++) {
            float sum = 0;
            for (int d = 0; d < size; d++) {
                float difference = sample[d] - reference[i * size + d];
                sum += difference * difference;
            }
            nearest = Math.min(nearest, sum);
        }
        return nearest;
    }
}
