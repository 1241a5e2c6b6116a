package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.SearchAnswer;
import io.ponder.engine.plan.SearchPlanner;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Searches positions of the replay again with the newest model, so that old experience teaches what is known now (MuZero Reanalyse,
 * Schrittwieser and others 2021).
 *
 * <p>{@link #search} looks only, {@link #record} overwrites policies and root values; between them another thread may learn. Memory is
 * taken once. One thread at a time.
 */
public final class Reanalysis {
    private final EpisodeReplay replay;
    private final WorldModel model;
    private final SearchPlanner planner;
    private final PlanRequest request;
    private final StepShape shape;
    private final Order order;
    private final float[] observations;
    private final boolean[] illegal;
    private final int[] slots;
    private int count;
    private long next;

    /** Which positions are searched. */
    public enum Order {
        /** Any, all alike. */
        RANDOM,
        /** From the newest to the oldest and over again, so that a position comes after the one that follows it (ReZero, Xuan and others 2024). */
        BACKWARD
    }

    /**
     * Creates the memory.
     *
     * @param planner built for the rows that are searched in one call, closed by the caller
     */
    public Reanalysis(EpisodeReplay replay, WorldModel model, SearchPlanner planner, StepShape shape, Order order, int rows) {
        this.replay = replay;
        this.model = model;
        this.planner = planner;
        this.shape = shape;
        this.order = order;
        request = new PlanRequest(model, Checks.positive("rows", rows));
        observations = new float[Math.multiplyExact(shape.observationSize(), rows)];
        illegal = new boolean[shape.maskSize() * rows];
        if (shape.maskSize() > 0) request.illegal(illegal);
        slots = new int[rows];
    }

    /** Returns the number of the position, as they were added, that is searched next in backward order. */
    long next() {
        return next;
    }

    /** Goes on at a position. */
    void next(long newNext) {
        next = newNext;
    }

    /** Returns the positions that are searched in one call. */
    public int rows() {
        return slots.length;
    }

    /** Searches as many positions as there are rows. The replay must not be empty. */
    public void search(long key) {
        int rows = slots.length;
        int size = shape.observationSize();
        for (int b = 0; b < rows; b++) {
            slots[b] = place(key, b);
            PlayedEpisode episode = replay.episode(slots[b]);
            int step = replay.step(slots[b]);
            for (int d = 0; d < size; d++) observations[d * rows + b] = episode.observations()[step * size + d];
            for (int a = 0; a < shape.maskSize(); a++) illegal[a * rows + b] = episode.illegal()[step * shape.maskSize() + a];
            request.keys()[b] = CounterRandom.key(key, b);
        }
        planner.plan(request.observe(model, observations), Budget.UNLIMITED);
        count = rows;
    }

    private int place(long key, int b) {
        if (order == Order.RANDOM) return CounterRandom.below(replay.size(), (int) key, (int) (key >>> 32), b, 0);
        if (next < Math.max(0, replay.added() - replay.size()) || next >= replay.added()) next = replay.added() - 1;
        return (int) (next-- % replay.capacity());
    }

    /** Overwrites what is taught at the positions that were searched. */
    public void record() {
        SearchAnswer answer = planner.result();
        int rows = slots.length;
        int edges = shape.edges();
        int size = shape.actionSize();
        for (int b = 0; b < count; b++) {
            if (answer.chosenEdge()[b] < 0) continue;
            PlayedEpisode episode = replay.episode(slots[b]);
            int step = replay.step(slots[b]);
            episode.rootValues()[step] = answer.rootValues()[b];
            for (int a = 0; a < edges; a++) {
                episode.policies()[step * edges + a] = answer.policy()[a * rows + b];
                for (int d = 0; shape.sampled() && d < size; d++) {
                    episode.sampledActions()[(step * edges + a) * size + d] = answer.action(b, a, d);
                }
            }
        }
        count = 0;
    }
}
