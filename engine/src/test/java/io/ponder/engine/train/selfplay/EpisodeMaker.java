package io.ponder.engine.train.selfplay;

/** Makes episodes by hand: observation and root value of step t are t, the reward is given. */
final class EpisodeMaker {
    static final StepShape SHAPE = new StepShape(1, 1, 2, false, 0);

    private EpisodeMaker() {}

    /** Plays {@code rewards.length} steps; mover alternates if {@code turns}. */
    static PlayedEpisode running(long id, boolean turns, double... rewards) {
        var episode = new PlayedEpisode(SHAPE, id);
        episode.see(new float[] {0}, 0);
        for (int t = 0; t < rewards.length; t++) step(episode, turns, rewards[t], false);
        return episode;
    }

    static PlayedEpisode terminated(long id, boolean turns, double... rewards) {
        var episode = new PlayedEpisode(SHAPE, id);
        episode.see(new float[] {0}, 0);
        for (int t = 0; t < rewards.length; t++) step(episode, turns, rewards[t], t == rewards.length - 1);
        return episode;
    }

    static PlayedEpisode cut(long id, boolean turns, double... rewards) {
        PlayedEpisode episode = running(id, turns, rewards);
        episode.rootValues()[episode.length()] = episode.length();
        episode.truncate();
        return episode;
    }

    static void step(PlayedEpisode episode, boolean turns, double reward, boolean last) {
        int t = episode.length();
        episode.rootValues()[t] = t;
        episode.policies()[2 * t] = 0.25f;
        episode.policies()[2 * t + 1] = 0.75f;
        episode.act(new float[] {t % 2}, reward, reward, last);
        if (!last) episode.see(new float[] {t + 1}, turns ? (t + 1) % 2 : 0);
    }
}
