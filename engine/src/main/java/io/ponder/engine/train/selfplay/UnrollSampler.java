package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Symmetry;
import io.ponder.engine.tensor.CounterRandom;
import java.util.List;

/**
 * Draws batches from an {@link EpisodeReplay}, with targets, and gives the errors of the learner back as priorities.
 *
 * <p>Memory is taken once; a batch allocates nothing. Not thread-safe.
 */
public final class UnrollSampler {
    private static final long PLACES = 1;
    private static final long SYMMETRIES = 2;
    private static final long ACTIONS = 3;

    private final EpisodeReplay replay;
    private final TargetParameters targets;
    private final int actionCount;
    private final Symmetry[] symmetries;
    private final UnrollBatch batch;
    private final int[] slots;
    private final float[] freshObservations;
    private final float[] freshValues;
    private final int[] freshColumn;
    private final int[] ends;

    /**
     * Creates a sampler.
     *
     * @param actionCount discrete actions, or 0
     * @param symmetries  turns and mirrors, one of which is drawn for each column; the identity alone for none. Only for discrete actions.
     * @param futures     whether the observations behind position 0 are wanted
     * @param columns     columns K of a batch
     */
    public UnrollSampler(
            EpisodeReplay replay, StepShape shape, int actionCount, List<Symmetry> symmetries, boolean futures, int columns) {
        this.replay = replay;
        this.targets = replay.targets();
        this.actionCount = actionCount;
        this.symmetries = symmetries.toArray(new Symmetry[0]);
        Checks.positive("number of symmetries", this.symmetries.length);
        batch = new UnrollBatch(shape, targets.unroll(), futures, columns);
        batch.resize(columns);
        slots = new int[columns];
        int positions = targets.freshValues() ? (targets.unroll() + 1) * columns : 0;
        freshObservations = new float[Math.multiplyExact(positions, shape.observationSize())];
        freshValues = new float[positions];
        freshColumn = new int[positions];
        ends = new int[positions];
    }

    /**
     * Draws a batch.
     *
     * @param learner says what states are worth now, where fresh values are wanted
     * @param key     decides which positions
     * @return the sampler's batch, valid until the next call
     */
    public UnrollBatch draw(UnrollLearner learner, long key) {
        int columns = batch.columns();
        replay.draw(columns, CounterRandom.key(key, PLACES), slots, batch.weights());
        long turns = CounterRandom.key(key, SYMMETRIES);
        long moves = CounterRandom.key(key, ACTIONS);
        for (int j = 0; j < columns; j++) {
            int turn = CounterRandom.below(symmetries.length, (int) turns, (int) (turns >>> 32), j, 0);
            gather(j, replay.episode(slots[j]), replay.step(slots[j]), symmetries[turn], moves);
        }
        if (targets.freshValues()) refresh(learner);
        return batch;
    }

    /** Gives the value errors of the batch drawn last back. */
    public void returnErrors() {
        for (int j = 0; j < batch.columns(); j++) replay.error(slots[j], batch.valueErrors()[j]);
    }

    private void gather(int column, PlayedEpisode episode, int first, Symmetry symmetry, long moves) {
        int columns = batch.columns();
        for (int k = 0; k <= targets.unroll(); k++) {
            int step = first + k;
            int at = k * columns + column;
            boolean inside = step < episode.length();
            boolean known = inside || episode.terminated();
            batch.inside()[at] = inside ? 1 : 0;
            batch.known()[at] = known ? 1 : 0;
            batch.values()[at] = inside && !targets.freshValues() ? (float) replay.valueTarget().target(episode, step) : 0;
            if (k == 0 || batch.futures()) observe(column, k, episode, Math.min(step, lastSeen(episode)), symmetry);
            teachPolicy(column, k, episode, step, inside, symmetry);
            if (k < targets.unroll()) move(column, k, episode, step, inside, symmetry, moves);
        }
    }

    /** Returns the last position whose observation is known. */
    private static int lastSeen(PlayedEpisode episode) {
        return episode.truncated() ? episode.length() : episode.length() - 1;
    }

    private void observe(int column, int k, PlayedEpisode episode, int step, Symmetry symmetry) {
        int size = batch.shape().observationSize();
        int[] turned = symmetry.observation();
        for (int d = 0; d < size; d++) {
            batch.observations()[(k * size + d) * batch.columns() + column] = episode.observations()[step * size + turned[d]];
        }
    }

    private void teachPolicy(int column, int k, PlayedEpisode episode, int step, boolean inside, Symmetry symmetry) {
        int columns = batch.columns();
        int edges = batch.shape().edges();
        boolean sampled = batch.shape().sampled();
        for (int a = 0; a < edges; a++) {
            int to = sampled ? a : symmetry.action()[a];
            batch.policies()[(k * edges + to) * columns + column] = inside ? episode.policies()[step * edges + a] : 0;
        }
        if (!sampled) return;
        int size = edges * batch.shape().actionSize();
        for (int i = 0; i < size; i++) {
            float action = inside ? episode.sampledActions()[step * size + i] : 0;
            batch.sampledActions()[(k * size + i) * columns + column] = actionCount > 0 ? symmetry.action()[(int) action] : action;
        }
    }

    private void move(int column, int k, PlayedEpisode episode, int step, boolean inside, Symmetry symmetry, long moves) {
        int columns = batch.columns();
        int size = batch.shape().actionSize();
        batch.rewards()[k * columns + column] = inside ? episode.rewards()[step] : 0;
        for (int d = 0; d < size; d++) {
            int to = (k * size + d) * columns + column;
            if (inside) {
                float action = episode.actions()[step * size + d];
                batch.actions()[to] = actionCount > 0 ? symmetry.action()[(int) action] : action;
            } else if (actionCount > 0) {
                batch.actions()[to] = CounterRandom.below(actionCount, (int) moves, (int) (moves >>> 32), column, k);
            } else {
                // A continuous action that is certainly possible: one of those taken.
                int other = CounterRandom.below(episode.length(), (int) moves, (int) (moves >>> 32), column, k);
                batch.actions()[to] = episode.actions()[other * size + d];
            }
        }
    }

    /** Values the ends of all sums by the target network in one call, and completes the targets. */
    private void refresh(UnrollLearner learner) {
        int columns = batch.columns();
        int positions = (targets.unroll() + 1) * columns;
        // Where sums end is looked up first: the observations of one call lie densely in the number of ends.
        int fresh = 0;
        for (int at = 0; at < positions; at++) {
            freshColumn[at] = -1;
            if (batch.inside()[at] == 0) continue;
            ends[at] = replay.valueTarget().horizon(episode(at), step(at));
            if (!ValueTarget.over(episode(at), ends[at])) freshColumn[at] = fresh++;
        }
        int size = batch.shape().observationSize();
        for (int at = 0; at < positions; at++) {
            if (freshColumn[at] < 0) continue;
            float[] seen = episode(at).observations();
            for (int d = 0; d < size; d++) freshObservations[d * fresh + freshColumn[at]] = seen[ends[at] * size + d];
        }
        if (fresh > 0) learner.values(freshObservations, fresh, freshValues);
        for (int at = 0; at < positions; at++) {
            if (batch.inside()[at] == 0) continue;
            float last = freshColumn[at] < 0 ? 0 : freshValues[freshColumn[at]];
            batch.values()[at] = (float) replay.valueTarget().target(episode(at), step(at), ends[at], last);
        }
    }

    /** Returns the episode of an entry {@code [(U + 1) x K]} of the batch. */
    private PlayedEpisode episode(int at) {
        return replay.episode(slots[at % batch.columns()]);
    }

    private int step(int at) {
        return replay.step(slots[at % batch.columns()]) + at / batch.columns();
    }
}
