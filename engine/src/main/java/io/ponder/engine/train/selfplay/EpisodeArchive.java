package io.ponder.engine.train.selfplay;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.util.List;

/**
 * Writes episodes one behind the other into tensors, and reads them back: a row of {@code replay.observations} and so on is a position,
 * the positions of an episode follow each other, and {@code replay.length} and so on have an entry for each episode.
 */
final class EpisodeArchive {
    private static final String PREFIX = "replay.";
    private static final int TERMINATED = 1;
    private static final int TRUNCATED = 2;

    private final StepShape shape;
    private final int words;

    EpisodeArchive(StepShape shape) {
        this.shape = shape;
        // 32 actions share a word.
        words = (shape.maskSize() + 31) / 32;
    }

    void write(List<PlayedEpisode> episodes, SafetensorsWriter out) {
        int count = episodes.size();
        long[] ids = new long[count];
        int[] lengths = new int[count];
        int[] ends = new int[count];
        int[] taken = new int[count];
        double[] returns = new double[count];
        int positions = 0;
        for (int e = 0; e < count; e++) {
            PlayedEpisode episode = episodes.get(e);
            ids[e] = episode.id();
            lengths[e] = episode.length();
            ends[e] = (episode.terminated() ? TERMINATED : 0) + (episode.truncated() ? TRUNCATED : 0);
            taken[e] = episode.taken;
            returns[e] = episode.episodeReturn();
            positions = Math.addExact(positions, episode.seen());
        }
        int[] each = {count};
        out.add(PREFIX + "id", each, ids).add(PREFIX + "length", each, lengths).add(PREFIX + "end", each, ends);
        out.add(PREFIX + "taken", each, taken).add(PREFIX + "return", each, returns);
        floats(episodes, out, "observations", positions, shape.observationSize(), PlayedEpisode::observations);
        floats(episodes, out, "actions", positions, shape.actionSize(), PlayedEpisode::actions);
        floats(episodes, out, "rewards", positions, 1, PlayedEpisode::rewards);
        floats(episodes, out, "policies", positions, shape.edges(), PlayedEpisode::policies);
        floats(episodes, out, "sampledActions", positions, sampledSize(), PlayedEpisode::sampledActions);
        floats(episodes, out, "rootValues", positions, 1, PlayedEpisode::rootValues);
        int[] movers = new int[positions];
        int[] illegal = new int[Math.multiplyExact(positions, words)];
        int at = 0;
        for (PlayedEpisode episode : episodes) {
            for (int t = 0; t < episode.seen(); t++, at++) {
                movers[at] = episode.movers()[t];
                for (int a = 0; a < shape.maskSize(); a++) {
                    if (episode.illegal()[t * shape.maskSize() + a]) illegal[at * words + (a >> 5)] |= 1 << (a & 31);
                }
            }
        }
        out.add(PREFIX + "movers", new int[] {positions}, movers).add(PREFIX + "illegal", new int[] {positions, words}, illegal);
    }

    private int sampledSize() {
        return shape.sampled() ? shape.edges() * shape.actionSize() : 0;
    }

    private interface Block {
        float[] of(PlayedEpisode episode);
    }

    private static void floats(List<PlayedEpisode> episodes, SafetensorsWriter out, String name, int positions, int size, Block block) {
        float[] all = new float[Math.multiplyExact(positions, size)];
        int at = 0;
        for (PlayedEpisode episode : episodes) {
            System.arraycopy(block.of(episode), 0, all, at, episode.seen() * size);
            at += episode.seen() * size;
        }
        out.add(PREFIX + name, new int[] {positions, size}, all);
    }

    PlayedEpisode[] read(SafetensorsReader in) throws IOException {
        long[] ids = in.readLongs(PREFIX + "id");
        int[] lengths = ints(in, "length", ids.length);
        int[] ends = ints(in, "end", ids.length);
        int[] taken = ints(in, "taken", ids.length);
        double[] returns = in.readDoubles(PREFIX + "return");
        var episodes = new PlayedEpisode[ids.length];
        int positions = 0;
        for (int e = 0; e < episodes.length; e++) {
            episodes[e] = PlayedEpisode.restored(
                    shape, ids[e], lengths[e], (ends[e] & TERMINATED) != 0, (ends[e] & TRUNCATED) != 0, returns[e], taken[e]);
            positions += episodes[e].seen();
        }
        floats(episodes, in, "observations", positions, shape.observationSize(), PlayedEpisode::observations);
        floats(episodes, in, "actions", positions, shape.actionSize(), PlayedEpisode::actions);
        floats(episodes, in, "rewards", positions, 1, PlayedEpisode::rewards);
        floats(episodes, in, "policies", positions, shape.edges(), PlayedEpisode::policies);
        floats(episodes, in, "sampledActions", positions, sampledSize(), PlayedEpisode::sampledActions);
        floats(episodes, in, "rootValues", positions, 1, PlayedEpisode::rootValues);
        int[] movers = ints(in, "movers", positions);
        int[] illegal = ints(in, "illegal", (long) positions * words);
        int at = 0;
        for (PlayedEpisode episode : episodes) {
            for (int t = 0; t < episode.seen(); t++, at++) {
                episode.movers()[t] = (byte) movers[at];
                for (int a = 0; a < shape.maskSize(); a++) {
                    episode.illegal()[t * shape.maskSize() + a] = (illegal[at * words + (a >> 5)] >> (a & 31) & 1) != 0;
                }
            }
        }
        return episodes;
    }

    private static void floats(PlayedEpisode[] episodes, SafetensorsReader in, String name, int positions, int size, Block block)
            throws IOException {
        float[] all = in.readFloats(PREFIX + name);
        if (all.length != (long) positions * size) throw otherSize(name, all.length, (long) positions * size);
        int at = 0;
        for (PlayedEpisode episode : episodes) {
            System.arraycopy(all, at, block.of(episode), 0, episode.seen() * size);
            at += episode.seen() * size;
        }
    }

    private static int[] ints(SafetensorsReader in, String name, long size) throws IOException {
        int[] all = in.readInts(PREFIX + name);
        if (all.length != size) throw otherSize(name, all.length, size);
        return all;
    }

    private static CheckpointException otherSize(String name, long found, long wanted) {
        return new CheckpointException("The tensor " + PREFIX + name + " of the checkpoint has " + found + " entries, but the task needs " + wanted
                + ".\nMaybe it was trained on another task, or with another search.");
    }
}
