/**
 * Learned dynamics: an ensemble of Gaussian networks (Chua et al. 2018, PETS) and the stages around it. A
 * {@link io.ponder.worldmodels.ensemble.Predictor} predicts what follows an observation and an action and knows how to be trained;
 * input features, input and target standardisation and the delta target are predictors around a predictor.
 * {@link io.ponder.worldmodels.ensemble.Propagation} turns the outermost one into a world model;
 * {@link io.ponder.worldmodels.ensemble.LearnedChain} builds the usual chain and checks its order.
 */
@NullMarked
package io.ponder.worldmodels.ensemble;

import org.jspecify.annotations.NullMarked;
