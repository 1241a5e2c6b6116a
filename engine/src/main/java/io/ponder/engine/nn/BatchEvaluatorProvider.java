package io.ponder.engine.nn;

import java.util.List;

/** Makes batch evaluators that run elsewhere than on the CPU. Found with {@code ServiceLoader}. Thread-safe. */
public interface BatchEvaluatorProvider {
    /** Returns the name of the backend, such as {@code opencl}. */
    String backend();

    /** Returns what it would run on, one line a device, the best first; empty where there is none. */
    List<String> devices();

    /** Returns why these outputs of a network cannot be computed there, one sentence each; empty where they can. */
    List<String> reasonsAgainst(Network network, Node... outputs);

    /**
     * Returns an evaluator on the best device. It belongs to one thread at a time and must be closed.
     *
     * @throws IllegalStateException if there is no device, or the outputs cannot be computed there
     */
    BatchEvaluator create(Network network, Node... outputs);
}
