package io.ponder.examples.papers;

/**
 * One of the runs that an experiment compares on every seed.
 *
 * @param name unique within the experiment, short: a table and a picture show it
 * @param role what it is there for
 */
public record Arm(String name, Role role) {}
