package io.ponder.engine.nn;

/**
 * Computes some outputs of a network for a whole batch of columns in one call: on the CPU ({@link #onCpu}) or on another device
 * ({@link BatchEvaluatorProvider}). What a tree search asks of a model, it asks for all leaves of a simulation at once.
 *
 * <p>An evaluator belongs to one thread at a time and must be closed. It takes its memory with its largest batch.
 */
public interface BatchEvaluator extends AutoCloseable {
    /** Returns an evaluator on the CPU; it allocates nothing once warm. */
    static BatchEvaluator onCpu(Network network, Node... outputs) {
        return new CpuBatchEvaluator(network, outputs);
    }

    /**
     * Says where an input is read from in the next runs.
     *
     * @param input   an input of the network that the outputs need
     * @param source  {@code [rows x columns]}, dense. Not modified.
     * @param columns columns K of the next runs
     */
    void read(Node input, float[] source, int columns);

    /**
     * Says where an output is written to in the next runs.
     *
     * @param output  one of the outputs of this evaluator
     * @param sink    {@code [rows x columns]}, dense. Modified by runs.
     * @param columns columns K of the next runs
     */
    void write(Node output, float[] sink, int columns);

    /**
     * Computes the outputs.
     *
     * @param columns number of columns K that the blocks were given for; nothing happens for 0
     * @throws IllegalStateException if the evaluator was closed, works in another thread, or its device failed
     */
    void run(int columns);

    /** Says that the parameters of the network are others than in the last run. Runs before the first need no such word. */
    void parametersChanged();

    /** Returns what runs it, such as the device's name and driver. */
    String executedOn();

    /** Returns the kernels that were launched on another device so far, 0 on the CPU. */
    default long launches() {
        return 0;
    }

    /** Returns the bytes that were moved to and from another device so far, 0 on the CPU. */
    default long bytesMoved() {
        return 0;
    }

    /** Gives back what is held beside memory; later runs are an {@link IllegalStateException}. Closing twice does nothing. */
    @Override
    void close();
}
