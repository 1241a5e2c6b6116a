package io.ponder.examples.comparison;

import io.ponder.engine.train.ImaginedTrajectory;
import io.ponder.engine.train.ModelErrorCurve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records one experiment.
 *
 * @param key        the experiment
 * @param episodes   its finished episodes, in order; fewer than asked for where it was interrupted or failed
 * @param finalScore mean return of the episodes that count as final, NaN where one of them is missing
 * @param planMillis sorted times of all its planning calls in milliseconds
 * @param modelError error of its learned model over the horizon, or null
 * @param imagined   one imagined trajectory of its learned model beside the real one, or null
 * @param failure    what went wrong, or null
 */
public record ExperimentResult(
        ExperimentKey key,
        List<EpisodeResult> episodes,
        double finalScore,
        double[] planMillis,
        @Nullable ModelErrorCurve modelError,
        @Nullable ImaginedTrajectory imagined,
        @Nullable String failure) {
    /** Returns the mean return of the last {@code finalEpisodes} of {@code planned} episodes; NaN where one of them was not finished. */
    public static double finalScore(List<EpisodeResult> episodes, int planned, int finalEpisodes) {
        double sum = 0;
        int count = 0;
        for (EpisodeResult episode : episodes) {
            if (episode.episode() > planned - finalEpisodes) {
                sum += episode.episodeReturn();
                count++;
            }
        }
        return count < Math.min(planned, finalEpisodes) ? Double.NaN : sum / count;
    }
}
