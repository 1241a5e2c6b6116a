package io.ponder.examples.papers;

/** How large an experiment is run. Its thresholds hold for both. */
public enum Scale {
    /** As it is reported. */
    FULL,
    /** In well under a second a seed, for the tests. */
    SMALL
}
