package io.ponder.engine.nn;

/**
 * Names the two nodes that a recurrent cell hands from step to step.
 *
 * @param hidden output of the cell, {@code [H x K]}
 * @param cell   memory of the cell, {@code [H x K]}
 */
public record RecurrentState(Node hidden, Node cell) {}
