package io.ponder.engine.train.selfplay;

/**
 * Holds all numbers of a run.
 *
 * @param loop    how the run goes on
 * @param targets what is taught
 * @param replay  what is kept and how it is sampled
 */
public record SelfPlayParameters(LoopParameters loop, TargetParameters targets, ReplayParameters replay) {}
