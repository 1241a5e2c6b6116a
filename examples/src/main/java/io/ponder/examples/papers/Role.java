package io.ponder.examples.papers;

/** What an arm of an experiment is there for. */
public enum Role {
    /** What the paper proposes: it must reach every threshold. */
    METHOD("method"),
    /** What the paper compares with. */
    BASELINE("baseline"),
    /** The method with its mechanism switched off: it must miss at least one threshold. */
    CONTROL("control"),
    /** A bound or another number to read the others by. */
    REFERENCE("reference"),
    /** A quantity of its own, with a unit of its own, that a threshold may name; it is not drawn. */
    DETAIL("detail");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** Returns the role in lower case. */
    public String label() {
        return label;
    }
}
