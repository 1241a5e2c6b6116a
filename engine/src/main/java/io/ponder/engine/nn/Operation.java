package io.ponder.engine.nn;

import java.util.List;

/**
 * Computes one block {@code [rows x K]} from others and, backwards, the derivatives of its inputs from that of its output.
 *
 * <p>All blocks are dense with the sample index fastest: entry (row, k) at {@code offset + row * K + k}. Columns must not influence
 * each other, and a column must be computed in the same order whatever K is (an operation that mixes columns, such as batch
 * normalisation, says so). An operation holds no values: one object serves all members, tapes and threads.
 */
public interface Operation {
    /** Returns a short name for messages, such as {@code dense}. */
    String name();

    /**
     * Returns the rows of the output.
     *
     * @throws IllegalArgumentException if the inputs do not fit
     */
    int rows(int... inputRows);

    /** Writes the output; overwrites it. */
    void forward(OperationFrame frame);

    /**
     * Writes the derivative by every input that {@link OperationFrame#wantsInput} asks for (overwrites it), and adds the derivatives by
     * the parameters if {@link OperationFrame#wantsParameters}; see also {@link #overwritesParameters}.
     */
    void backward(OperationFrame frame);

    /** Returns the parameters, in the order in which the frame numbers them. */
    default List<ParameterTensor> parameters() {
        return List.of();
    }

    /**
     * Returns true if {@link #backward} overwrites the derivatives by the parameters where {@link OperationFrame#accumulates} is false.
     * Otherwise they are set to zero beforehand, and the operation always adds.
     */
    default boolean overwritesParameters() {
        return false;
    }

    /** Returns how many rows {@code [rows x K]} of scratch the operation wants; they keep their values from forward to backward. */
    default int scratchRows(int... inputRows) {
        return 0;
    }

    /** Returns how many floats of work space, whatever K, {@link #backward} wants; they keep nothing from call to call. */
    default int workFloats(int... inputRows) {
        return 0;
    }

    /**
     * Returns true if the output may be the same block as the first input in a pass without derivatives, and the derivative of the
     * first input the same block as that of the output.
     */
    default boolean inPlace() {
        return false;
    }

    /** Returns false if no derivative passes through this operation. */
    default boolean differentiable() {
        return true;
    }
}
