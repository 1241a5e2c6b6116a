package io.ponder.engine.plan;

/**
 * Scores a whole batch of imagined rollouts in one call. The CPU executor is in this package; others are found with
 * {@code ServiceLoader} and chosen explicitly.
 */
public interface RolloutExecutor extends AutoCloseable {
    /**
     * Rolls out every candidate and particle of the request and writes {@link RolloutRequest#returns}.
     *
     * <p>A rollout that becomes NaN or infinite keeps a non-finite return; what that costs is the planner's decision. The returns do
     * not depend on the number of threads. Allocates nothing once warm on one thread.
     *
     * @param request roots, keys, actions or their sampler. Modified: actions (by the sampler) and returns.
     */
    void rollout(RolloutRequest request);

    /** Says what runs the rollouts, for diagnostics and reports. */
    String executedOn();

    /** Returns how many kernels were launched on another device so far. */
    default long launches() {
        return 0;
    }

    /** Returns how many bytes were moved to and from another device so far. */
    default long bytesMoved() {
        return 0;
    }

    @Override
    void close();
}
