package io.ponder.engine.model;

/**
 * Receives what a batch of transitions leads to. Owned by the caller, written by {@link WorldModel#step}.
 *
 * <p>Memory is taken once, for {@code capacity} columns; entries are dense in the number of columns of {@link #next}. Not thread-safe.
 */
public final class StepBuffer {
    private final ModelState next;
    private final float[] reward;
    private final float[] discount;

    /** Creates a buffer for up to {@code capacity} columns of a model with this spec. */
    public StepBuffer(ModelSpec spec, int capacity) {
        next = new ModelState(spec, capacity);
        reward = new float[Math.multiplyExact(spec.players(), capacity)];
        discount = new float[capacity];
    }

    /** Returns the state after the transition. */
    public ModelState next() {
        return next;
    }

    /** Returns the rewards {@code [players x K]} of the transition. */
    public float[] reward() {
        return reward;
    }

    /**
     * Returns the discounts {@code [K]} of the transition: 0 where it ended the episode, negative where it passes the move to the
     * opponent of a two-player zero-sum game.
     */
    public float[] discount() {
        return discount;
    }
}
