package io.ponder.examples.fitting;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.train.FitLoop;
import io.ponder.engine.train.FitReport;
import io.ponder.engine.train.ModelErrorCurve;
import io.ponder.engine.train.TrainingListener;
import io.ponder.worldmodels.ensemble.LearnedChain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells what came of a fit to a log.
 *
 * @param chain         the model
 * @param report        what the fit did
 * @param heldOut       whether {@code error} was measured on episodes that were never trained on
 * @param horizon       steps ahead of {@code error}: that of the specification, or of the longest episode where that is shorter
 * @param error         error of open-loop predictions 1, 2, ... steps ahead, in standard deviations
 * @param standingStill the same error of predicting that nothing changes, for comparison
 */
public record LogFit(
        LearnedChain chain, FitReport report, boolean heldOut, int horizon, ModelErrorCurve error, double[] standingStill) {
    /** Episodes from which on whole ones are held out. */
    private static final int ENOUGH_EPISODES = 5;

    private static final int PARTICLES = 10;
    private static final int STARTS = 500;

    /**
     * Fits a model to transitions and measures it.
     *
     * @throws IllegalArgumentException if there are no transitions, or they do not fit the specification
     */
    public static LogFit run(TransitionStore data, LogSpec spec, TrainingListener listener) {
        if (data.size() == 0) throw new IllegalArgumentException("The log holds no transition.");
        LearnedChain chain = spec.chain(data);
        boolean byEpisode = data.episodes() >= ENOUGH_EPISODES;
        var loop = new FitLoop(spec.training(byEpisode), spec.seed(), listener);
        FitReport report = loop.fit(chain.learner(), data);
        TransitionStore unseen = byEpisode ? rows(data, loop.split().heldOutRows(), loop.split().heldOutCount()) : null;
        boolean heldOut = unseen != null && unseen.size() > 0;
        TransitionStore measured = heldOut && unseen != null ? unseen : data;
        int horizon = Math.min(spec.horizon(), longestEpisode(measured));
        ModelErrorCurve error = ModelErrorCurve.measure(chain.model(), measured, horizon, PARTICLES, STARTS, spec.seed());
        return new LogFit(chain, report, heldOut, horizon, error, StandingStill.error(measured, horizon));
    }

    /** Tells whether the model is better, one step ahead, than predicting that nothing changes. */
    public boolean beatsStandingStill() {
        return error.error()[0] < standingStill[0];
    }

    private static int longestEpisode(TransitionStore data) {
        int longest = 0;
        for (int e = 0; e < data.episodes(); e++) longest = Math.max(longest, data.episodeLength(e));
        return longest;
    }

    /** Returns the rows as a store of their own; rows that follow each other in an episode do so again. */
    private static @Nullable TransitionStore rows(TransitionStore data, int[] rows, int count) {
        var out = new TransitionStore(data.observationSize(), data.actionSize());
        int[] sorted = Arrays.copyOf(rows, count);
        Arrays.sort(sorted);
        float[] observation = new float[data.observationSize()];
        float[] action = new float[data.actionSize()];
        float[] next = new float[data.observationSize()];
        int before = -2;
        for (int row : sorted) {
            if (row != before + 1 || data.episodeOf(row) != data.episodeOf(before)) out.beginEpisode();
            data.readObservation(row, observation);
            data.readAction(row, action);
            data.readNextObservation(row, next);
            out.add(observation, action, data.reward(row), next, data.terminated(row), data.truncated(row));
            before = row;
        }
        return out;
    }
}
