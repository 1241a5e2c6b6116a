package io.ponder.examples.comparison;

/** Says what a planner imagined with. */
public enum ModelKind {
    /** A model that was learned from the planner's own interaction. */
    LEARNED("learned"),
    /** The equations of the environment itself. */
    TRUE("true"),
    /** Nothing: the actions were random. */
    NONE("none");

    private final String label;

    ModelKind(String label) {
        this.label = label;
    }

    /** Returns the name used in files and options. */
    public String label() {
        return label;
    }
}
