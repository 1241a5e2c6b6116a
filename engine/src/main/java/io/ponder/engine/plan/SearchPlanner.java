package io.ponder.engine.plan;

/** A planner that searches a tree, and so answers more than an action: what a network can be taught. */
public interface SearchPlanner extends Planner {
    /** Returns what the last {@link #plan} found. A view, valid until the next call. */
    SearchAnswer result();
}
