package io.ponder.engine.train;

/**
 * Says that new experience is in the store, right before it is used or the run ends.
 *
 * @param totalSteps environment steps of the run so far
 * @param newSteps   environment steps since the last time
 * @param episodes   episodes that were begun so far
 */
public record Collected(long totalSteps, int newSteps, int episodes) {}
