package io.ponder.planners.tree;

import io.ponder.engine.tensor.SelectionKernels;

/**
 * Gives a selector what it reads: the trees, what is known of their roots, and the kernels.
 *
 * @param tree           the trees of all rows
 * @param roots          keys, logits and noise of the roots
 * @param kernels        scans of a node's edges
 * @param maxSimulations simulations of a search at most
 */
public record SearchContext(SearchTree tree, Roots roots, SelectionKernels kernels, int maxSimulations) {}
