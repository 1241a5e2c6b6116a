package io.ponder.planners;

import io.ponder.engine.plan.SequenceLaw;

/**
 * What sets one sampling planner apart from another: how it begins a call, where it draws candidates, and what it learns from their
 * costs. {@link SamplingPlanner} does everything else.
 *
 * <p>A distribution belongs to one planner. It keeps its own memory (such as standard deviations), taken at construction, row by row;
 * the mean plan of a row is kept by the {@link Population}, which also shifts it in time. Hooks allocate nothing.
 */
public interface SearchDistribution {
    /** Returns the name of the method, such as {@code cem}. */
    String name();

    /** Returns how much a call searches; always the same. */
    SearchSize size();

    /** Returns how many candidates a row wants in an iteration; never more than in iteration 0, where they are those of the size. */
    default int candidates(int iteration) {
        return size().candidates();
    }

    /** Tells whether the answer is the best candidate seen rather than the mean plan. */
    default boolean answersWithBestSeen() {
        return false;
    }

    /** Tells whether {@link #update} needs the derivatives of the costs. */
    default boolean needsGradients() {
        return false;
    }

    /**
     * Tells whether the method plans with {@code actionCount} discrete actions, whose sequences hold indices; 0 stands for continuous
     * actions, which are what a method plans by default.
     */
    default boolean plans(int actionCount) {
        return actionCount == 0;
    }

    /**
     * Begins a call for a row. The mean plan is in place: the warm start, shifted by {@link Population#elapsedSteps}, or rest actions
     * where {@link Population#fresh}.
     */
    void init(Population population, int row);

    /**
     * Writes the sequences of some candidates, within the bounds. Safe for several threads on disjoint candidates; what is written for
     * a candidate depends on its number, the row's key and the state of the row alone.
     */
    void sample(Population population, int row, int first, int count);

    /**
     * States in numbers what {@link #sample} would draw for a row, so that another device can draw it; states nothing by default. What
     * is stated must be what {@link #sample} writes, up to rounding. {@link #update} then finds only those candidates in the population
     * that it asked for with {@link Population#require}.
     *
     * @param law modified
     */
    default void state(Population population, int row, SequenceLaw law) {}

    /**
     * Learns from the costs of a row: moves the mean plan and whatever else the distribution keeps. Called only where at least one cost
     * is finite.
     */
    void update(Population population, int row);
}
