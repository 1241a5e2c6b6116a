package io.ponder.engine.train.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpisodeArchiveTest {
    private static final StepShape MASKED = new StepShape(3, 1, 40, false, 40);
    private static final StepShape SAMPLED = new StepShape(2, 2, 5, true, 0);
    /** Five sampled actions out of 40, some of which are illegal. */
    private static final StepShape SAMPLED_AND_MASKED = new StepShape(3, 1, 5, true, 40);

    /** Plays steps in which every entry of every array is another number. */
    private static PlayedEpisode episode(StepShape shape, long id, int steps, boolean terminates, boolean cut) {
        var episode = new PlayedEpisode(shape, id);
        for (int t = 0; t <= steps; t++) {
            if (t == steps && terminates) break;
            float[] seen = new float[shape.observationSize()];
            for (int d = 0; d < seen.length; d++) seen[d] = 1000 * id + 10 * t + d;
            episode.see(seen, t % 2);
            if (t == steps && !cut) break;
            episode.rootValues()[t] = -t - id;
            for (int a = 0; a < shape.edges(); a++) {
                episode.policies()[t * shape.edges() + a] = a + 0.5f * t;
                for (int d = 0; shape.sampled() && d < shape.actionSize(); d++) {
                    episode.sampledActions()[(t * shape.edges() + a) * shape.actionSize() + d] = t - a - d;
                }
            }
            for (int a = 0; a < shape.maskSize(); a++) episode.illegal()[t * shape.maskSize() + a] = (a + t + id) % 3 == 0;
            if (t == steps) break;
            float[] action = new float[shape.actionSize()];
            for (int d = 0; d < action.length; d++) action[d] = t + 7 * d;
            episode.act(action, 0.25 * t, 0.25 * t, terminates && t == steps - 1);
        }
        if (cut) episode.truncate();
        episode.taken = steps / 2;
        return episode;
    }

    private static PlayedEpisode[] throughAFile(StepShape shape, List<PlayedEpisode> episodes, Path file) throws IOException {
        var writer = new SafetensorsWriter();
        new EpisodeArchive(shape).write(episodes, writer);
        writer.write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return new EpisodeArchive(shape).read(reader);
        }
    }

    @Test
    void episodesOfAllKindsComeBackAndGoOn(@TempDir Path folder) throws IOException {
        for (StepShape shape : List.of(MASKED, SAMPLED, SAMPLED_AND_MASKED)) {
            List<PlayedEpisode> episodes = new ArrayList<>(List.of(
                    episode(shape, 3, 5, true, false), episode(shape, 4, 70, false, true), episode(shape, 5, 63, false, false),
                    episode(shape, 6, 0, false, false)));
            PlayedEpisode[] back = throughAFile(shape, episodes, folder.resolve("episodes-" + shape.edges() + "-" + shape.maskSize()));

            for (int e = 0; e < back.length; e++) same(episodes.get(e), back[e]);
            // A running episode has room for what comes next.
            for (int e = 2; e < 4; e++) {
                for (PlayedEpisode one : List.of(episodes.get(e), back[e])) {
                    for (int t = 0; t < 100; t++) {
                        one.act(new float[shape.actionSize()], t, t, false);
                        one.see(new float[shape.observationSize()], 1);
                    }
                }
                same(episodes.get(e), back[e]);
            }
        }
    }

    private static void same(PlayedEpisode one, PlayedEpisode other) {
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.length()).isEqualTo(one.length());
        assertThat(other.terminated()).isEqualTo(one.terminated());
        assertThat(other.truncated()).isEqualTo(one.truncated());
        assertThat(other.episodeReturn()).isEqualTo(one.episodeReturn());
        assertThat(other.taken).isEqualTo(one.taken);
        StepShape shape = one.shape();
        int seen = one.seen();
        for (int i = 0; i < seen * shape.observationSize(); i++) assertThat(other.observations()[i]).isEqualTo(one.observations()[i]);
        for (int i = 0; i < one.length() * shape.actionSize(); i++) assertThat(other.actions()[i]).isEqualTo(one.actions()[i]);
        for (int t = 0; t < one.length(); t++) assertThat(other.rewards()[t]).isEqualTo(one.rewards()[t]);
        for (int t = 0; t < seen; t++) {
            assertThat(other.rootValues()[t]).isEqualTo(one.rootValues()[t]);
            assertThat(other.movers()[t]).isEqualTo(one.movers()[t]);
        }
        for (int i = 0; i < seen * shape.edges(); i++) assertThat(other.policies()[i]).isEqualTo(one.policies()[i]);
        for (int i = 0; i < seen * shape.maskSize(); i++) assertThat(other.illegal()[i]).as("action %d", i).isEqualTo(one.illegal()[i]);
        for (int i = 0; shape.sampled() && i < seen * shape.edges() * shape.actionSize(); i++) {
            assertThat(other.sampledActions()[i]).isEqualTo(one.sampledActions()[i]);
        }
    }

    @Test
    void episodesOfAnotherShapeAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("episodes");
        throughAFile(MASKED, List.of(episode(MASKED, 3, 5, true, false)), file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertThatThrownBy(() -> new EpisodeArchive(SAMPLED).read(reader)).isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("replay.observations").hasMessageContaining("\nMaybe");
            assertThatThrownBy(() -> new EpisodeArchive(new StepShape(3, 1, 40, false, 0)).read(reader))
                    .isInstanceOf(CheckpointException.class).hasMessageContaining("replay.illegal");
        }
    }
}
