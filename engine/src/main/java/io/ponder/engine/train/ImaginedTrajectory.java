package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/**
 * Holds a stretch of a real episode beside what a model imagined for the same first observation and actions.
 *
 * @param real           what was observed, {@code [O][T + 1]}; entry 0 is the start
 * @param mean           mean of the imagined particles, {@code [O][T + 1]}
 * @param low            10th percentile of the imagined particles (nearest rank), {@code [O][T + 1]}
 * @param high           90th percentile of the imagined particles (nearest rank), {@code [O][T + 1]}
 * @param realReward     what was earned, {@code [T]}
 * @param imaginedReward mean of the imagined rewards, {@code [T]}
 */
public record ImaginedTrajectory(
        double[][] real, double[][] mean, double[][] low, double[][] high, double[] realReward, double[] imaginedReward) {
    /**
     * Imagines along a stored episode. Allocates.
     *
     * @param model     the model; offers {@link io.ponder.engine.model.ObservationModel}
     * @param store     holds the episode
     * @param row       where to start
     * @param steps     T, at least 1; the episode must go on for so many rows
     * @param particles imagined rollouts, at least 1
     * @param seed      of the model's random numbers
     * @throws IllegalArgumentException if the episode ends earlier, or the model shows no observations
     */
    public static ImaginedTrajectory along(
            WorldModel model, TransitionStore store, int row, int steps, int particles, long seed) {
        int episode = store.episodeOf(row);
        int left = store.episodeStart(episode) + store.episodeLength(episode) - row;
        Checks.inRange("steps", steps, 1, left);
        int size = store.observationSize();
        double[][] real = new double[size][steps + 1];
        double[][] mean = new double[size][steps + 1];
        double[][] low = new double[size][steps + 1];
        double[][] high = new double[size][steps + 1];
        double[] realReward = new double[steps];
        double[] imaginedReward = new double[steps];
        float[] observation = new float[size];
        store.readObservation(row, observation);
        for (int d = 0; d < size; d++) real[d][0] = mean[d][0] = low[d][0] = high[d][0] = observation[d];
        var openLoop = new OpenLoop(model, store, 1, particles);
        int[] start = {row};
        openLoop.begin(start, 0, 1, seed, 0);
        float[] sorted = new float[particles];
        for (int t = 0; t < steps; t++) {
            openLoop.step(start, 0, t);
            store.readNextObservation(row + t, observation);
            realReward[t] = store.reward(row + t);
            imaginedReward[t] = mean(openLoop.rewards(), 0, particles);
            for (int d = 0; d < size; d++) {
                System.arraycopy(openLoop.observations(), d * particles, sorted, 0, particles);
                Arrays.sort(sorted);
                real[d][t + 1] = observation[d];
                mean[d][t + 1] = mean(sorted, 0, particles);
                low[d][t + 1] = sorted[rank(0.1, particles)];
                high[d][t + 1] = sorted[rank(0.9, particles)];
            }
        }
        return new ImaginedTrajectory(real, mean, low, high, realReward, imaginedReward);
    }

    private static int rank(double share, int count) {
        return Math.max(0, (int) Math.ceil(share * count) - 1);
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += values[i];
        return sum / (to - from);
    }
}
