package io.ponder.engine.train;

import java.util.List;

/**
 * Holds the episodes of an {@link Evaluation}, one per start and in their order.
 *
 * @param episodes the episodes
 */
public record EvaluationReport(List<EpisodeRecord> episodes) {
    /** Copies the list. */
    public EvaluationReport {
        episodes = List.copyOf(episodes);
    }

    /** Returns the return of every start. */
    public double[] returns() {
        return episodes.stream().mapToDouble(EpisodeRecord::episodeReturn).toArray();
    }

    /** Returns the mean return; NaN without episodes. */
    public double meanReturn() {
        return episodes.stream().mapToDouble(EpisodeRecord::episodeReturn).average().orElse(Double.NaN);
    }

    /** Returns the standard error of the mean return over the starts; NaN with fewer than two. */
    public double standardError() {
        double mean = meanReturn();
        double squares = 0;
        for (EpisodeRecord episode : episodes) squares += Math.pow(episode.episodeReturn() - mean, 2);
        int count = episodes.size();
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1) / count);
    }
}
