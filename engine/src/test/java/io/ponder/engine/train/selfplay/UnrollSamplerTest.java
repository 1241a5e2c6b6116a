package io.ponder.engine.train.selfplay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.game.Symmetry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch holds inside an episode, behind its end, behind a cut, and turned. */
class UnrollSamplerTest {
    private static final int K = 64;

    /** A learner whose target network values an observation by 100 times itself. */
    private static final UnrollLearner HUNDREDFOLD = new UnrollLearner() {
        @Override
        public boolean wantsFutures() {
            return false;
        }

        @Override
        public LearnedStep learn(UnrollBatch batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void values(float[] observations, int columns, float[] values) {
            for (int k = 0; k < columns; k++) values[k] = 100 * observations[k];
        }

        @Override
        public void publish() {}

        @Override
        public long steps() {
            return 0;
        }

        @Override
        public LearnerState state() {
            return new LearnerState();
        }
    };

    private static UnrollBatch draw(PlayedEpisode episode, TargetParameters targets, Symmetry symmetry) {
        var replay = new EpisodeReplay(ReplayParameters.uniform(100), targets);
        replay.offer(episode);
        return new UnrollSampler(replay, EpisodeMaker.SHAPE, 2, List.of(symmetry), true, K).draw(HUNDREDFOLD, 3);
    }

    private static final Symmetry SAME = Symmetry.identity(1, 2);

    @Test
    void behindAnEndNothingIsEarnedAndNoPolicyTaught() {
        UnrollBatch batch = draw(EpisodeMaker.terminated(0, false, 1, 2, 4), new TargetParameters(2, 1, 1, 0.5, false), SAME);
        boolean[] seen = new boolean[3];
        int ones = 0;
        for (int j = 0; j < K; j++) {
            int first = (int) batch.observations()[j];
            seen[first] = true;
            for (int k = 0; k <= 2; k++) {
                int at = k * K + j;
                int step = first + k;
                boolean inside = step < 3;
                assertThat(batch.inside()[at]).isEqualTo(inside ? 1 : 0);
                assertThat(batch.known()[at]).isEqualTo(1);
                double[] rewards = {1, 2, 4};
                double next = step + 1 < 3 ? step + 1 : 0;
                assertThat(batch.values()[at]).isEqualTo(inside ? (float) (rewards[step] + 0.5 * next) : 0);
                assertThat(batch.observations()[k * K + j]).isEqualTo(Math.min(step, 2));
                assertThat(batch.policies()[(k * 2 + 1) * K + j]).isEqualTo(inside ? 0.75f : 0);
                if (k == 2) continue;
                assertThat(batch.rewards()[at]).isEqualTo(inside ? (float) rewards[step] : 0);
                if (inside) assertThat(batch.actions()[at]).isEqualTo(step % 2);
                else ones += batch.actions()[at] == 1 ? 1 : 0;
            }
        }
        assertThat(seen).containsOnly(true);
        assertThat(ones).as("random actions behind the end").isPositive();
    }

    @Test
    void behindACutNothingIsKnown() {
        UnrollBatch batch = draw(EpisodeMaker.cut(0, false, 1, 2), new TargetParameters(2, 1, 1, 0.5, false), SAME);
        for (int j = 0; j < K; j++) {
            int first = (int) batch.observations()[j];
            for (int k = 0; k <= 2; k++) assertThat(batch.known()[k * K + j]).isEqualTo(first + k < 2 ? 1 : 0);
            assertThat(batch.observations()[2 * K + j]).as("the last one that was seen").isEqualTo(2);
            if (first == 1) assertThat(batch.values()[j]).isEqualTo(2 + 0.5f * 2);
        }
    }

    @Test
    void freshValuesComeFromTheTargetNetwork() {
        UnrollBatch batch = draw(EpisodeMaker.terminated(0, false, 1, 2, 4, 8), new TargetParameters(1, 2, 1, 0.5, true), SAME);
        for (int j = 0; j < K; j++) {
            int first = (int) batch.observations()[j];
            double[] expected = {1 + 0.5 * 2 + 0.25 * 200, 2 + 0.5 * 4 + 0.25 * 300, 4 + 0.5 * 8, 8, 0};
            assertThat(batch.values()[j]).isEqualTo((float) expected[first]);
            assertThat(batch.values()[K + j]).isEqualTo((float) expected[first + 1]);
        }
    }

    @Test
    void aSymmetryTurnsActionsAndPoliciesToo() {
        Symmetry mirror = new Symmetry(new int[] {0}, new int[] {1, 0});
        UnrollBatch batch = draw(EpisodeMaker.terminated(0, false, 1, 2, 4), new TargetParameters(1, 1, 1, 1, false), mirror);
        for (int j = 0; j < K; j++) {
            int first = (int) batch.observations()[j];
            assertThat(batch.actions()[j]).isEqualTo(1 - first % 2);
            assertThat(batch.policies()[j]).isEqualTo(0.75f);
            assertThat(batch.policies()[K + j]).isEqualTo(0.25f);
        }
    }

    @Test
    void aSymmetryTurnsSampledActionsAndLeavesTheirShares() {
        var shape = new StepShape(1, 1, 2, true, 0);
        var episode = new PlayedEpisode(shape, 0);
        episode.see(new float[1], 0);
        float[] sampled = {2, 0};
        float[] shares = {0.25f, 0.75f};
        System.arraycopy(sampled, 0, episode.sampledActions(), 0, 2);
        System.arraycopy(shares, 0, episode.policies(), 0, 2);
        episode.act(new float[] {2}, 1, 1, true);
        var replay = new EpisodeReplay(ReplayParameters.uniform(100), new TargetParameters(1, 1, 1, 1, false));
        replay.offer(episode);
        Symmetry turn = new Symmetry(new int[] {0}, new int[] {1, 2, 0});
        UnrollBatch batch = new UnrollSampler(replay, shape, 3, List.of(turn), false, 1).draw(HUNDREDFOLD, 3);
        assertThat(batch.actions()).startsWith(0);
        assertThat(batch.sampledActions()).startsWith(0, 1);
        assertThat(batch.policies()).startsWith(0.25f, 0.75f);
    }

    @Test
    void theSameKeyDrawsTheSameBatch() {
        var replay = new EpisodeReplay(ReplayParameters.uniform(100), new TargetParameters(1, 1, 1, 1, false));
        replay.offer(EpisodeMaker.terminated(0, false, java.util.stream.IntStream.range(0, 100).asDoubleStream().toArray()));
        var sampler = new UnrollSampler(replay, EpisodeMaker.SHAPE, 2, List.of(SAME), false, K);
        float[] first = sampler.draw(HUNDREDFOLD, 7).values().clone();
        assertThat(sampler.draw(HUNDREDFOLD, 8).values()).isNotEqualTo(first);
        assertThat(sampler.draw(HUNDREDFOLD, 7).values()).isEqualTo(first);
    }
}
