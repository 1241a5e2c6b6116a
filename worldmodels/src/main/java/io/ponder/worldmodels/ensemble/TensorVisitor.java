package io.ponder.worldmodels.ensemble;

/** Receives the learned arrays of a model one by one, to write them to a file or to fill them from one. */
@FunctionalInterface
public interface TensorVisitor {
    /**
     * Visits one array.
     *
     * @param name   unique in the model, such as {@code ensemble.weight.0}
     * @param shape  sizes, the slowest first; their product is the number of entries
     * @param data   the live array. May be modified from {@code offset} on.
     * @param offset place of the first entry
     */
    void visit(String name, int[] shape, float[] data, int offset);
}
