package io.ponder.engine.model;

import io.ponder.engine.Checks;

/** Numbers the kinds of nodes of a search tree: who or what moves there. A {@link NodeBuffer} holds one a column. */
public final class NodeKind {
    /** A player chooses one of the legal actions. */
    public static final byte DECISION = 0;
    /** Chance draws one of the outcomes, with the probabilities of the logits. */
    public static final byte CHANCE = 1;
    /** Several players choose at the same time. */
    public static final byte SIMULTANEOUS = 2;
    /** The episode is over: nothing is searched below, and the value is 0. */
    public static final byte TERMINAL = 3;

    private static final String[] NAMES = {"decision", "chance", "simultaneous", "terminal"};

    private NodeKind() {}

    /** Returns the name of a kind, such as {@code chance}. */
    public static String name(byte kind) {
        return NAMES[Checks.inRange("kind", kind, 0, NAMES.length - 1)];
    }
}
