/**
 * Finite models: a table of outcomes that is stepped by sampling and whose rows can be read exactly, and its estimation from
 * counts of transitions (maximum likelihood, Dirichlet mean, Dirichlet draw); and what lets a planner live with a wrong one:
 * correction by expectations (MoCo), values that are low where only the model was (COMBO).
 */
@NullMarked
package io.ponder.worldmodels.tabular;

import org.jspecify.annotations.NullMarked;
