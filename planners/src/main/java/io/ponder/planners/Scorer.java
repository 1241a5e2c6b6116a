package io.ponder.planners;

import io.ponder.engine.plan.RolloutRequest;

/** Samples and scores a population. */
interface Scorer extends AutoCloseable {
    /** Writes the sequences (through the sampler), the returns and, where they are needed, the gradients. */
    void score(RolloutRequest request);

    /** Writes the returns of another request, whose sequences are in place. */
    void evaluate(RolloutRequest request);

    /** Returns the model steps that one step of one column is charged as. */
    int chargePerStep();

    String executedOn();

    /** Returns the kernels launched on another device so far. */
    default long launches() {
        return 0;
    }

    /** Returns the bytes moved to and from another device so far. */
    default long bytesMoved() {
        return 0;
    }

    @Override
    void close();
}
