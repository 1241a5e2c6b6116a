/**
 * One tree search for the whole MuZero family. A {@link io.ponder.planners.tree.SearchRecipe} composes small rules (how an
 * edge is chosen at the root, below it and at chance nodes, how edge values are scaled, what an untried edge is worth, which
 * actions a node has, what the search answers and teaches); {@link io.ponder.planners.tree.TreeSearch} runs a recipe on any
 * model that offers {@link io.ponder.engine.model.LatentHeads}, for many roots at once, with one model call per simulation.
 * The trees are structures of arrays ({@link io.ponder.planners.tree.SearchTree}); the scan of a node's edges is one call
 * into the engine's selection kernels.
 */
@NullMarked
package io.ponder.planners.tree;

import org.jspecify.annotations.NullMarked;
