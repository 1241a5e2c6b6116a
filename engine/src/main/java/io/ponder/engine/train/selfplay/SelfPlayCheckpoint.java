package io.ponder.engine.train.selfplay;

import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.CheckpointManifest;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Saves a run of {@link SelfPlayLoop} so that it goes on exactly: networks, optimiser, replay, running episodes and all counters.
 *
 * <p>Environments are not saved: they are brought back by the seeds and actions of their episodes. A run that is saved between two rounds,
 * read back into a new loop of the same task and parameters, and goes on, gives the curve of a run that was never ended, to the bit, but
 * for the columns that are times.
 *
 * <p>Not thread-safe: to be called while the loop is not in a round, as in {@link SelfPlayListener#roundEnded}.
 */
public final class SelfPlayCheckpoint {
    private static final String RUN = "run";
    private static final String REPLAY_ADDED = "replayAdded";
    private static final String REANALYSIS_NEXT = "reanalysisNext";

    private SelfPlayCheckpoint() {}

    /**
     * Saves a run as the newest checkpoint of a folder.
     *
     * @param manifest says what the model is; the state of the run is added to its training fields
     * @return the number of the checkpoint
     * @throws CheckpointException if it cannot be written; the checkpoints before are then untouched
     */
    public static long save(SelfPlayLoop loop, CheckpointFolder folder, CheckpointManifest manifest) throws IOException {
        var weights = new SafetensorsWriter();
        var run = new ManifestFields();
        loop.task().learner().state().write(weights, run);
        loop.progress().write(weights, run);
        run.put(REPLAY_ADDED, loop.replay().added());
        Reanalysis reanalysis = loop.reanalysis();
        run.put(REANALYSIS_NEXT, reanalysis == null ? 0 : reanalysis.next());
        writeEpisodes(loop, weights);
        manifest.training().put(RUN, run);
        return folder.save(manifest, weights);
    }

    private static void writeEpisodes(SelfPlayLoop loop, SafetensorsWriter weights) {
        EpisodeReplay replay = loop.replay();
        SelfPlay selfPlay = loop.selfPlay();
        IdentityHashMap<PlayedEpisode, Integer> numbers = new IdentityHashMap<>();
        List<PlayedEpisode> episodes = new ArrayList<>();
        int[] slotEpisodes = new int[replay.size()];
        int[] slotSteps = new int[replay.size()];
        double[] priorities = new double[replay.size()];
        for (int slot = 0; slot < slotEpisodes.length; slot++) {
            slotEpisodes[slot] = number(replay.episode(slot), numbers, episodes);
            slotSteps[slot] = replay.step(slot);
            priorities[slot] = replay.priority(slot);
        }
        int[] running = new int[selfPlay.rows()];
        for (int b = 0; b < running.length; b++) running[b] = number(selfPlay.episode(b), numbers, episodes);
        new EpisodeArchive(loop.shape()).write(episodes, weights);
        int[] slots = {slotEpisodes.length};
        weights.add("slots.episode", slots, slotEpisodes).add("slots.step", slots, slotSteps).add("slots.priority", slots, priorities);
        weights.add("running.episode", new int[] {running.length}, running);
    }

    private static int number(PlayedEpisode episode, IdentityHashMap<PlayedEpisode, Integer> numbers, List<PlayedEpisode> episodes) {
        Integer known = numbers.putIfAbsent(episode, episodes.size());
        if (known != null) return known;
        episodes.add(episode);
        return episodes.size() - 1;
    }

    /**
     * Reads a run back into a loop that was just created.
     *
     * @throws CheckpointException     if the checkpoint is of another task, has other sizes, or holds no run
     * @throws TrainingFailedException if an environment does not come back to where it was
     */
    public static void resume(SelfPlayLoop loop, Checkpoint checkpoint) throws IOException {
        CheckpointManifest manifest = checkpoint.manifest();
        ModelSpec spec = loop.task().model().spec();
        if (!manifest.spec().equals(spec)) {
            throw new CheckpointException("The checkpoint " + checkpoint.file() + " is of a model with " + manifest.spec()
                    + ", but the run has one with " + spec + ".\nMaybe it is of another environment, or was trained with other sizes.");
        }
        if (manifest.seed() != loop.seed()) {
            throw new CheckpointException("The checkpoint " + checkpoint.file() + " is of a run with seed " + manifest.seed()
                    + ", but this one has " + loop.seed() + ".\nMaybe leave the seed out.");
        }
        if (!manifest.training().contains(RUN)) {
            throw new CheckpointException("The checkpoint " + checkpoint.file() + " holds a model, but no run that could go on.");
        }
        ManifestFields run = manifest.training().group(RUN);
        SafetensorsReader weights = checkpoint.weights();
        PlayedEpisode[] episodes = new EpisodeArchive(loop.shape()).read(weights);
        int[] slotEpisodes = weights.readInts("slots.episode");
        int[] slotSteps = weights.readInts("slots.step");
        double[] priorities = weights.readDoubles("slots.priority");
        long added = run.whole(REPLAY_ADDED);
        int capacity = loop.replay().capacity();
        if (slotEpisodes.length != Math.min(added, capacity)) {
            throw new CheckpointException("The checkpoint " + checkpoint.file() + " has a replay of " + slotEpisodes.length + " positions, but this"
                    + " run keeps " + capacity + ".\nMaybe the capacity was changed.");
        }
        int[] running = weights.readInts("running.episode");
        if (running.length != loop.selfPlay().rows()) {
            throw new CheckpointException("The checkpoint " + checkpoint.file() + " has " + running.length + " environments side by side, but this"
                    + " run " + loop.selfPlay().rows() + ".");
        }
        loop.task().learner().state().read(weights, run);
        loop.progress().read(weights, run);
        loop.replay().restore(pick(episodes, slotEpisodes), slotSteps, priorities, added);
        Reanalysis reanalysis = loop.reanalysis();
        if (reanalysis != null) reanalysis.next(run.whole(REANALYSIS_NEXT));
        loop.selfPlay().resume(pick(episodes, running));
        loop.task().learner().publish();
    }

    private static PlayedEpisode[] pick(PlayedEpisode[] episodes, int[] numbers) throws CheckpointException {
        PlayedEpisode[] picked = new PlayedEpisode[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || numbers[i] >= episodes.length) {
                throw new CheckpointException("The checkpoint names episode " + numbers[i] + ", but it holds " + episodes.length + ".");
            }
            picked[i] = episodes[numbers[i]];
        }
        return picked;
    }
}
