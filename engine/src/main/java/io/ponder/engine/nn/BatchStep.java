package io.ponder.engine.nn;

import io.ponder.engine.tensor.Activation;

/**
 * One step of a {@link BatchProgram}: reads one or two blocks of rows and writes another, column by column.
 *
 * @param kind       what is computed; its result goes through the activation
 * @param level      steps of a level read nothing that a step of the same level writes
 * @param from       rows that are read
 * @param with       the second block of {@link Kind#ADD}, otherwise {@code from}
 * @param to         rows that are written
 * @param activation applied to every result
 * @param parameters where the step's numbers begin in the parameters of the program
 * @param constant   epsilon, factor or size of a group
 * @param shift      what {@link Kind#AFFINE} adds
 */
public record BatchStep(
        Kind kind, int level, Block from, Block with, Block to, Activation activation, int parameters, float constant, float shift) {
    /** Standardised numbers beyond this, and beyond its negative, are cut. */
    public static final float LIMIT = Standardise.LIMIT;

    /** A block of rows: the first, and how many. */
    public record Block(int row, int rows) {
        boolean overlaps(Block other) {
            return row < other.row + other.rows && other.row < row + rows;
        }
    }

    /** What a step computes. */
    public enum Kind {
        /** {@code W x + b}; the parameters are W {@code [to x from]} and b {@code [to]}. */
        DENSE,
        /** {@code (x - mean) / sqrt(variance + constant) * scale + shift}; the parameters are scale and shift, {@code [to]} each. */
        NORM,
        /** {@code constant * x + shift}. */
        AFFINE,
        /** {@code x + y}. */
        ADD,
        /** {@code (x - shift) * scale}, cut at {@link #LIMIT}; the parameters are shift and scale, {@code [to]} each. */
        STANDARDISE,
        /** {@code (x - least) / (most - least + constant)} over the rows. */
        MIN_MAX,
        /** Softmax of groups of {@code constant} rows. */
        SOFTMAX
    }
}
