package io.ponder.examples.fitting;

import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.data.TransitionStore;

/** The error of predicting that nothing changes: what a model must beat to be worth anything. */
final class StandingStill {
    private StandingStill() {}

    /** Returns the root mean square change after 1, 2, ..., {@code horizon} steps, each entry in units of its standard deviation. */
    static double[] error(TransitionStore data, int horizon) {
        int size = data.observationSize();
        var statistics = new RunningStatistics(size);
        float[] from = new float[size];
        float[] to = new float[size];
        for (int row = 0; row < data.size(); row++) {
            data.readObservation(row, from);
            statistics.add(from);
        }
        double[] squares = new double[horizon];
        long[] counts = new long[horizon];
        for (int episode = 0; episode < data.episodes(); episode++) {
            int first = data.episodeStart(episode);
            int end = first + data.episodeLength(episode);
            for (int start = first; start < end; start++) {
                data.readObservation(start, from);
                for (int t = 0; t < horizon && start + t < end; t++) {
                    data.readNextObservation(start + t, to);
                    for (int d = 0; d < size; d++) {
                        double change = (to[d] - from[d]) / statistics.scale(d);
                        squares[t] += change * change;
                    }
                    counts[t] += size;
                }
            }
        }
        double[] error = new double[horizon];
        for (int t = 0; t < horizon; t++) error[t] = Math.sqrt(squares[t] / counts[t]);
        return error;
    }
}
