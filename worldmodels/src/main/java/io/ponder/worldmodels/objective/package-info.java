/**
 * What a model is fitted for, where plain likelihood is not the aim: weights of samples
 * ({@link io.ponder.worldmodels.objective.SampleWeighting}), losses that know a value function
 * ({@link io.ponder.worldmodels.objective.PredictionLoss}), and the choice among candidate models
 * ({@link io.ponder.worldmodels.objective.Hedge}). A learner takes them as arguments; neither it nor the model knows which is which.
 */
@NullMarked
package io.ponder.worldmodels.objective;

import org.jspecify.annotations.NullMarked;
