package io.ponder.examples.knownanswers;

/** A case, or a few that belong together, whose answer is known. */
interface KnownAnswer {
    /** Returns the name on the command line, such as {@code riccati}. */
    String name();

    /** Measures and hands every row to the table. Deterministic: its random numbers have fixed seeds. */
    void measure(AnswerTable table);

    /** Tells whether it takes more than about a second; such a case is left out of a quick run. */
    default boolean slow() {
        return false;
    }
}
