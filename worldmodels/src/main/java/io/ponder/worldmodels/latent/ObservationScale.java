package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.ParameterGroups;
import io.ponder.engine.nn.ParameterTensor;
import org.jspecify.annotations.Nullable;

/** Keeps the standardisation of observations at the mean and deviation of what the learner has seen: of all at first, later of the recent. */
final class ObservationScale {
    /** Share of a batch in the running moments once many were seen. */
    private static final double LEAST_SHARE = 1e-3;
    private static final double LEAST_DEVIATION = 1e-4;

    private final float[] parameters;
    private final ParameterTensor shift;
    private final ParameterTensor scale;

    private ObservationScale(Network network, ParameterTensor shift, ParameterTensor scale) {
        parameters = network.parameters();
        this.shift = shift;
        this.scale = scale;
    }

    /** Returns that of a network, or null where it has none. */
    static @Nullable ObservationScale of(Network network) {
        ParameterTensor shift = find(network, LatentLayers.OBSERVATION + ".shift");
        ParameterTensor scale = find(network, LatentLayers.OBSERVATION + ".scale");
        return shift == null || scale == null ? null : new ObservationScale(network, shift, scale);
    }

    private static @Nullable ParameterTensor find(Network network, String name) {
        return network.tensors().stream().filter(tensor -> tensor.name().equals(name)).findFirst().orElse(null);
    }

    /** Returns groups in which an optimiser does not touch the standardisation. */
    ParameterGroups leftAlone(ParameterGroups groups) {
        return groups.with(shift, 0, 0).with(scale, 0, 0);
    }

    /**
     * Takes a batch into account.
     *
     * @param observations {@code [O x K]}. Not modified.
     * @param batches      seen before
     */
    void see(float[] observations, int columns, long batches) {
        double share = Math.max(LEAST_SHARE, 1.0 / (batches + 1));
        for (int d = 0; d < shift.size(); d++) {
            double sum = 0;
            double squares = 0;
            for (int k = 0; k < columns; k++) {
                double x = observations[d * columns + k];
                sum += x;
                squares += x * x;
            }
            double oldMean = parameters[shift.offset() + d];
            double oldDeviation = 1.0 / parameters[scale.offset() + d];
            double mean = oldMean + share * (sum / columns - oldMean);
            double oldSquare = batches == 0 ? 0 : oldDeviation * oldDeviation + oldMean * oldMean;
            double square = oldSquare + share * (squares / columns - oldSquare);
            double deviation = Math.sqrt(Math.max(0, square - mean * mean));
            if (!Double.isFinite(mean) || !Double.isFinite(deviation)) continue;
            parameters[shift.offset() + d] = (float) mean;
            parameters[scale.offset() + d] = (float) (1 / Math.max(LEAST_DEVIATION, deviation));
        }
    }
}
