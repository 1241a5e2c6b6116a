/**
 * Linear models: the linear-quadratic problem with its closed forms, and a linear-Gaussian model that is fitted to data by ridge
 * regression. They are the models on which planners have known answers.
 */
@NullMarked
package io.ponder.worldmodels.linear;

import org.jspecify.annotations.NullMarked;
