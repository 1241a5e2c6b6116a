package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/**
 * Holds how far imagined observations are from real ones after 1, 2, ..., H steps, when a model is given a first observation and the
 * actions that were really taken. The imagined observation is the mean of the particles.
 *
 * @param error        root mean square over starts and entries {@code [H]}, each entry in units of its standard deviation in the store
 * @param errorByEntry the same for each entry on its own, {@code [O][H]}
 * @param starts       number of stretches of H real steps that were imagined
 */
public record ModelErrorCurve(double[] error, double[][] errorByEntry, int starts) {
    /**
     * Measures a model on stored episodes. Allocates.
     *
     * @param model         the model; offers {@link io.ponder.engine.model.ObservationModel}
     * @param store         episodes; those shorter than the horizon are left out
     * @param horizon       H, at least 1
     * @param particles     imagined rollouts of each start, at least 1; one is enough for a deterministic model
     * @param maximumStarts starts, spread evenly over all possible ones, at least 1
     * @param seed          of the model's random numbers
     * @throws IllegalArgumentException if no episode is as long as the horizon, or the model shows no observations
     */
    public static ModelErrorCurve measure(
            WorldModel model, TransitionStore store, int horizon, int particles, int maximumStarts, long seed) {
        Checks.positive("horizon", horizon);
        int[] starts = starts(store, horizon, Checks.positive("maximumStarts", maximumStarts));
        int block = Math.max(1, Math.min(starts.length, model.blockColumns() / Checks.positive("particles", particles)));
        var openLoop = new OpenLoop(model, store, block, particles);
        int size = store.observationSize();
        double[][] squares = new double[size][horizon];
        int[] real = new int[block];
        float[] next = new float[size * block];
        for (int first = 0; first < starts.length; first += block) {
            int count = Math.min(block, starts.length - first);
            openLoop.begin(starts, first, count, seed, first * particles);
            for (int t = 0; t < horizon; t++) {
                openLoop.step(starts, first, t);
                for (int i = 0; i < count; i++) real[i] = starts[first + i] + t;
                store.gatherNextObservations(real, 0, count, next, 0);
                for (int d = 0; d < size; d++) {
                    squares[d][t] += squaredError(openLoop.observations(), next, d, count, particles);
                }
            }
        }
        return of(squares, scales(store), starts.length);
    }

    private static double squaredError(float[] imagined, float[] real, int d, int count, int particles) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double mean = 0;
            for (int p = 0; p < particles; p++) mean += imagined[(d * count + i) * particles + p];
            double error = mean / particles - real[d * count + i];
            sum += error * error;
        }
        return sum;
    }

    private static ModelErrorCurve of(double[][] squares, double[] scales, int starts) {
        int horizon = squares[0].length;
        double[] error = new double[horizon];
        for (int d = 0; d < squares.length; d++) {
            for (int t = 0; t < horizon; t++) {
                double normalised = squares[d][t] / starts / (scales[d] * scales[d]);
                error[t] += normalised / squares.length;
                squares[d][t] = Math.sqrt(normalised);
            }
        }
        for (int t = 0; t < horizon; t++) error[t] = Math.sqrt(error[t]);
        return new ModelErrorCurve(error, squares, starts);
    }

    private static double[] scales(TransitionStore store) {
        var statistics = new RunningStatistics(store.observationSize());
        float[] observation = new float[store.observationSize()];
        for (int row = 0; row < store.size(); row++) {
            store.readObservation(row, observation);
            statistics.add(observation);
        }
        double[] scales = new double[store.observationSize()];
        for (int d = 0; d < scales.length; d++) scales[d] = statistics.scale(d);
        return scales;
    }

    /** Returns rows with at least {@code horizon} steps of their episode left, all or evenly thinned. */
    private static int[] starts(TransitionStore store, int horizon, int maximum) {
        int[] rows = new int[store.size()];
        int count = 0;
        for (int e = 0; e < store.episodes(); e++) {
            int last = store.episodeStart(e) + store.episodeLength(e) - horizon;
            for (int row = store.episodeStart(e); row <= last; row++) rows[count++] = row;
        }
        if (count == 0) {
            throw new IllegalArgumentException("horizon is " + horizon + ", but no stored episode is that long.\n"
                    + "Maybe use a shorter horizon, or collect longer episodes.");
        }
        if (count <= maximum) return Arrays.copyOf(rows, count);
        int[] thinned = new int[maximum];
        for (int i = 0; i < maximum; i++) thinned[i] = rows[(int) ((long) i * count / maximum)];
        return thinned;
    }
}
