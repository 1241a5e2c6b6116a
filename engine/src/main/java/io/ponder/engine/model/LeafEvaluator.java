package io.ponder.engine.model;

/**
 * Says what the new nodes of a search tree are worth, where that is not the value head of the model: by random rollouts, by a static
 * function, or by a short plan of another planner.
 *
 * <p>An instance serves one thread at a time; {@link #fork} gives another thread its own. It allocates nothing once warm.
 */
public interface LeafEvaluator {
    /**
     * Overwrites the values of new nodes. Columns of the kind {@link NodeKind#TERMINAL} are ignored.
     *
     * @param states K columns. Not modified.
     * @param keys   random numbers of the columns
     * @param nodes  {@link NodeBuffer#value} is written for every column, the rest was filled by the model. Modified.
     */
    void evaluate(ModelState states, ColumnKeys keys, NodeBuffer nodes);

    /** Returns the model steps that one column costs at most, which a search charges to its budget; 0 where none are counted. */
    default int modelStepsPerColumn() {
        return 0;
    }

    /** Returns an evaluator of the same kind for another thread, which whoever asked for it closes. */
    LeafEvaluator fork();

    /** Gives back what the evaluator holds beside memory, such as a planner; nothing by default. */
    default void close() {}
}
