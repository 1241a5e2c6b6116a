package io.ponder.engine.model;

/**
 * Capability: a part of a model chain that can state what it computes in the closed list of a {@link KernelPlan}, so that another
 * device can compute it. Models, wrappers, known rewards, known ends of episodes and terminal values may offer it.
 */
public interface Lowerable {
    /**
     * Writes this part into a plan: a wrapper after the model inside it. What the list does not hold is said with
     * {@link KernelPlan#refuse}.
     *
     * @param plan modified; arrays that are handed to it are copies
     */
    void lower(KernelPlan plan);

    /** Returns a number that changes whenever what {@link #lower} would write has changed, such as after a training step. */
    default long version() {
        return 0;
    }
}
