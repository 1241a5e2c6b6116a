package io.ponder.engine.nn;

import org.jspecify.annotations.Nullable;

/**
 * Names one block of values {@code [rows x K]} in a network: an input, or the output of an operation.
 *
 * <p>Nodes hold no values; those live in a {@link Tape} or {@link ForwardPass}. Immutable and thread-safe.
 */
public final class Node {
    private final NetworkBuilder owner;
    private final int index;
    private final String name;
    private final int rows;
    private final @Nullable Operation operation;
    private final Node[] inputs;
    private final boolean differentiable;

    Node(NetworkBuilder owner, int index, String name, int rows, @Nullable Operation operation, Node[] inputs, boolean differentiable) {
        this.owner = owner;
        this.index = index;
        this.name = name;
        this.rows = rows;
        this.operation = operation;
        this.inputs = inputs;
        this.differentiable = differentiable;
    }

    /** Returns the name given to an input, or a name made from the operation and the position. */
    public String name() {
        return name;
    }

    /** Returns the number of features. */
    public int rows() {
        return rows;
    }

    NetworkBuilder owner() {
        return owner;
    }

    int index() {
        return index;
    }

    @Nullable Operation operation() {
        return operation;
    }

    Node[] inputs() {
        return inputs;
    }

    /** Returns whether a derivative by this input can be asked for; a target is a constant. */
    boolean differentiable() {
        return differentiable;
    }

    @Override
    public String toString() {
        return name + "[" + rows + " x K]";
    }
}
