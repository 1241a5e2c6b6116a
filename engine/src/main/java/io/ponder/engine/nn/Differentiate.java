package io.ponder.engine.nn;

/** Says by what a {@link Tape} differentiates. */
public enum Differentiate {
    /** By the parameters: training. */
    PARAMETERS,
    /** By the inputs, the parameters counting as constants: planning by gradient. */
    INPUTS,
    /** By both. */
    PARAMETERS_AND_INPUTS;

    boolean parameters() {
        return this != INPUTS;
    }

    boolean inputs() {
        return this != PARAMETERS;
    }
}
