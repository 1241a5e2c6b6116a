package io.ponder.examples.conformance;

/**
 * Says how a replay ended.
 *
 * @param outcome passed, failed or skipped
 * @param detail  the first difference of a failed, the reason of a skipped replay, empty for a passed one; one line
 */
public record Verdict(Outcome outcome, String detail) {
    /** Is the end of a replay. */
    public enum Outcome {
        /** Everything agreed. */
        PASS,
        /** Something differed or could not be read. */
        FAIL,
        /** Nothing was compared. */
        SKIP
    }

    /** Keeps the detail on one line. */
    public Verdict {
        detail = detail.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Returns the verdict on a file with which everything agreed. */
    public static Verdict pass() {
        return new Verdict(Outcome.PASS, "");
    }

    /** Returns the verdict on a file that differs. */
    public static Verdict fail(String firstDifference) {
        return new Verdict(Outcome.FAIL, firstDifference);
    }

    /** Returns the verdict on a file that was not replayed. */
    public static Verdict skip(String reason) {
        return new Verdict(Outcome.SKIP, reason);
    }
}
