package io.ponder.examples.conformance;

import java.io.IOException;

/**
 * Knows how to replay one kind of golden file. Write one class, add it to {@link Conformance#KINDS}, and the command and the tests replay
 * its files. Stateless.
 */
public interface GoldenKind {
    /** Returns what the kind is called. */
    String name();

    /** Tells whether a file is of this kind, from its name or its fields. The first kind that says yes replays it. */
    boolean recognises(GoldenFile file);

    /**
     * Replays a file.
     *
     * @return {@link Verdict#pass}, or {@link Verdict#skip} where something that the file needs is not built
     * @throws Difference  at the first difference; any other runtime exception counts as a difference too
     * @throws IOException if a file cannot be read
     */
    Verdict replay(GoldenFile file) throws IOException;
}
