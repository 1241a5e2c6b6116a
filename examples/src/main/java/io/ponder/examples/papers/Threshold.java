package io.ponder.examples.papers;

/**
 * What an arm must reach: every method does, and every control misses at least one.
 *
 * @param text what is asked, as the table and the page say it, such as {@code "<= 0.25 x greedy"}
 * @param test tells from all seeds whether an arm reaches it
 */
public record Threshold(String text, Test test) {
    /** Tells whether an arm reaches a threshold. */
    @FunctionalInterface
    public interface Test {
        /** Tells from the values of all arms whether the named one reaches it; always false where a value is NaN. */
        boolean reached(Outcome outcome, String arm);
    }
}
