package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.KernelEnsemble;
import org.jspecify.annotations.Nullable;

/**
 * Predicts what follows an observation and an action, with E members of an ensemble, and learns it from samples. A stage of the chain
 * is a predictor around a predictor: on the way in it changes inputs, on the way out predictions, in training the targets as well.
 *
 * <p>Holds scratch memory: one thread at a time, {@link #fork} for another. Allocates nothing once it has seen its largest batch.
 */
public interface Predictor extends EnsembleView {
    /** Returns the entries O of the observations this stage reads. */
    int observationSize();

    /** Returns the rows A of the actions this stage reads. */
    int actionSize();

    /** Returns the number of columns of one member that are handled best in one call. */
    int columnsPerMember();

    /** Returns where this stage belongs in a chain. */
    Stage stage();

    /** Tells whether {@link #backward} is offered. */
    boolean differentiable();

    /**
     * Writes the derivatives of {@code sum(meanCotangent * mean) + sum(logVarianceCotangent * logVariance)} of each column.
     *
     * @param member               {@code [columns]}, as in {@link #predict}. Not modified.
     * @param observations         {@code [O x columns]}. Not modified.
     * @param actions              {@code [A x columns]}. Not modified.
     * @param meanCotangent        {@code [D x columns]}. Not modified.
     * @param logVarianceCotangent {@code [D x columns]}. Not modified.
     * @param toObservations       {@code [O x columns]}, overwritten. Modified.
     * @param toActions            {@code [A x columns]}, overwritten. Modified.
     * @throws UnsupportedOperationException where {@link #differentiable} is false
     */
    void backward(
            int[] member,
            float[] observations,
            float[] actions,
            int columns,
            float[] meanCotangent,
            float[] logVarianceCotangent,
            float[] toObservations,
            float[] toActions);

    /**
     * Recomputes the statistics of this stage and those inside from all training samples, one block for all members.
     *
     * @param samples modified: rewritten on the way in
     */
    void prepare(Samples samples);

    /**
     * Makes one optimiser step of every member.
     *
     * @param samples a block for each member. Modified: rewritten on the way in.
     */
    void train(Samples samples);

    /**
     * Adds up every member's squared errors of standardised targets, averaged over entries and summed over the columns.
     *
     * @param samples one block for all members. Modified: rewritten on the way in.
     * @param sum     {@code [E]}, added to. Modified.
     */
    void addErrors(Samples samples, double[] sum);

    /** Copies a member's weights to its best weights. */
    void keepBest(int member);

    /** Makes the best weights of every member the current ones. */
    void restoreBest();

    /** Shows everything that was learned, by name; the visitor may read the arrays or replace their contents. */
    void visitTensors(TensorVisitor visitor);

    /**
     * States what this stage and those inside it compute, from the inside out.
     *
     * @return the statement, or null where a stage is none that can be stated
     */
    default @Nullable KernelEnsemble lower() {
        return null;
    }

    /** Returns a number that changes whenever something was learned. */
    default long version() {
        return 0;
    }

    /** Returns a view for another thread: what was learned is shared, scratch memory is not. A view only predicts, it must not train. */
    Predictor fork();
}
