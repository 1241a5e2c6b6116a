/**
 * How experience becomes a model and a model becomes behaviour. {@link io.ponder.engine.train.FitLoop} trains whatever implements
 * {@link io.ponder.engine.train.EnsembleLearner} on a {@link io.ponder.engine.data.TransitionStore} with a hold-out stop rule;
 * {@link io.ponder.engine.train.CollectFitPlanLoop} alternates collecting with a planner and fitting;
 * {@link io.ponder.engine.train.Evaluation} scores without learning. The loops know neither which model learns nor which planner
 * plans, and tell a {@link io.ponder.engine.train.TrainingListener} what happens.
 */
@NullMarked
package io.ponder.engine.train;

import org.jspecify.annotations.NullMarked;
