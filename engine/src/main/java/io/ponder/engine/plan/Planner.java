package io.ponder.engine.plan;

/**
 * Chooses actions for a batch of root states by imagining what they lead to.
 *
 * <p>A planner is built from a {@link Problem}, from parameters (a record) and from its execution (executor, clock, number of rows).
 * Memory is taken once, at construction; {@link #plan} allocates nothing once warm. One thread plans at a time; {@link #cancel} may be
 * called from any other.
 */
public interface Planner extends AutoCloseable {
    /**
     * Plans for all rows and always answers with the best found so far.
     *
     * @param request root states, keys and elapsed steps. Not modified.
     * @param budget  ends the call; at least one candidate is always evaluated, so a budget of one step may be overrun by that
     * @return a view of this planner's memory, valid until the next call
     * @throws IllegalArgumentException if the request has another number of rows or another shape than the planner was built for
     */
    Plan plan(PlanRequest request, Budget budget);

    /** Forgets what was learned of the rows from earlier calls (warm starts, trees). Call it where an episode began. */
    void reset(int... rows);

    /** Forgets all rows. */
    void resetAll();

    /** Asks a running {@link #plan} to answer now with the best so far. Safe from any thread; returns at once. */
    void cancel();

    /** Returns the name of the method, such as {@code cem}. */
    String name();

    /** Frees what the planner holds outside the heap. The planner must not be used afterwards. */
    @Override
    void close();
}
