package io.ponder.engine.train.selfplay;

import io.ponder.engine.data.SumTree;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest positions of played episodes, each with a priority, and draws from them.
 *
 * <p>A position can be drawn as soon as its targets are known: {@link #offer} is told of every step and takes those that have become ripe.
 * A full replay forgets its oldest position for every new one. Not thread-safe.
 */
public final class EpisodeReplay {
    /** Added to every value error, so that a position learned perfectly can still be drawn. */
    private static final double SMALLEST_ERROR = 1e-3;

    private final ReplayParameters parameters;
    private final TargetParameters targets;
    private final ValueTarget valueTarget;
    private final @Nullable PlayedEpisode[] episodes;
    private final int[] steps;
    private final SumTree priorities;
    private long added;

    /** Creates an empty replay and takes its memory, but for the episodes. */
    public EpisodeReplay(ReplayParameters parameters, TargetParameters targets) {
        this.parameters = parameters;
        this.targets = targets;
        valueTarget = new ValueTarget(targets);
        episodes = new PlayedEpisode[parameters.capacity()];
        steps = new int[parameters.capacity()];
        priorities = new SumTree(parameters.capacity());
    }

    /** Returns the positions that can be drawn. */
    public int size() {
        return (int) Math.min(added, episodes.length);
    }

    /** Returns the positions that are kept at most. */
    public int capacity() {
        return episodes.length;
    }

    /** Returns how many positions were ever added, forgotten ones included. */
    public long added() {
        return added;
    }

    /** Returns what is taught. */
    public TargetParameters targets() {
        return targets;
    }

    /** Adds the positions of an episode that have become ripe since it was offered last. To be called after every step. */
    public void offer(PlayedEpisode episode) {
        // The newest root value of an episode that runs is that of its last step.
        long ripe = episode.complete()
                ? episode.length() - 1L
                : episode.length() - 1L - targets.unroll() - targets.steps();
        while (episode.taken <= ripe) add(episode, episode.taken++);
    }

    private void add(PlayedEpisode episode, int step) {
        int slot = (int) (added++ % episodes.length);
        episodes[slot] = episode;
        steps[slot] = step;
        error(slot, Math.abs(episode.rootValues()[step] - valueTarget.target(episode, step)));
    }

    /** Draws places of positions {@code [count]}, and weighs them. */
    void draw(int count, long key, int[] slots, float[] weights) {
        priorities.sample(key, count, slots);
        priorities.weights(slots, count, parameters.weightPower(), weights);
    }

    /** Sets how wrong the value of a position was, not negative. */
    void error(int slot, double error) {
        double finite = Double.isFinite(error) ? error : 0;
        priorities.set(slot, Math.pow(finite + SMALLEST_ERROR, parameters.priorityPower()));
    }

    /** Returns the episode of a place. */
    public PlayedEpisode episode(int slot) {
        PlayedEpisode episode = episodes[slot];
        if (episode == null) throw new IllegalArgumentException("place " + slot + " is empty, but it must be below " + size() + ".");
        return episode;
    }

    /** Returns the step of a place within its episode. */
    public int step(int slot) {
        return steps[slot];
    }

    /** Returns the priority of a place, as it is drawn by. */
    double priority(int slot) {
        return priorities.priority(slot);
    }

    /** Fills an empty replay: entry i of each array is place i. */
    void restore(PlayedEpisode[] placed, int[] placedSteps, double[] placedPriorities, long everAdded) {
        added = everAdded;
        for (int slot = 0; slot < size(); slot++) {
            episodes[slot] = placed[slot];
            steps[slot] = placedSteps[slot];
            priorities.set(slot, placedPriorities[slot]);
        }
    }

    ValueTarget valueTarget() {
        return valueTarget;
    }
}
