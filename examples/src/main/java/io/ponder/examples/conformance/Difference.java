package io.ponder.examples.conformance;

/** Ends a replay at the first difference; the message says where, what was expected and what came. */
public final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates a difference; thrown to end a replay, so without the cost of a stack trace. */
    public Difference(String message) {
        super(message, null, false, false);
    }

    /** Throws unless {@code actual} is within {@code tolerance} of {@code expected}; a NaN never is. */
    public static void requireClose(String where, double expected, double actual, double tolerance) {
        if (!(Math.abs(actual - expected) <= tolerance)) {
            throw new Difference(where + ": expected " + expected + ", got " + actual + " (off by " + Math.abs(actual - expected)
                    + ", allowed " + tolerance + ")");
        }
    }

    /** Throws unless both are equal. */
    public static void requireEqual(String where, Object expected, Object actual) {
        if (!expected.equals(actual)) throw new Difference(where + ": expected " + expected + ", got " + actual);
    }
}
