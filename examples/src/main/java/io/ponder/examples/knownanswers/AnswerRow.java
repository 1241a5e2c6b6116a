package io.ponder.examples.knownanswers;

/**
 * One line of the table.
 *
 * @param name      what was measured
 * @param known     the known value
 * @param measured  what came out
 * @param tolerance how far off it may be
 * @param side      which side of the known value the tolerance is on
 * @param note      why nothing was measured, or anything else worth saying; may be empty
 */
public record AnswerRow(String name, double known, double measured, double tolerance, Side side, String note) {
    /** Says which measured values are right. */
    public enum Side {
        /** Within the tolerance of the known value. */
        BOTH,
        /** At most the known value and the tolerance. */
        AT_MOST,
        /** At least the known value less the tolerance. */
        AT_LEAST,
        /** Nothing was measured, for the reason in the note. */
        NOT_RUN
    }

    /** Tells whether the measured value is right; true where nothing was measured. */
    public boolean passes() {
        return switch (side) {
            case BOTH -> Math.abs(measured - known) <= tolerance;
            case AT_MOST -> measured <= known + tolerance;
            case AT_LEAST -> measured >= known - tolerance;
            case NOT_RUN -> true;
        };
    }
}
