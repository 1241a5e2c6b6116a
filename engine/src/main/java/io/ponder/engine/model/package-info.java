/**
 * What a model is. A {@link io.ponder.engine.model.WorldModel} imagines whole batches of transitions: columns are samples, rows are
 * state entries, the column index is the fastest ({@code x[d * K + k]}). Everything that modifies a model is a
 * {@link io.ponder.engine.model.ModelWrapper}; everything a model can do beyond stepping is a small capability interface that is asked
 * for by type ({@link io.ponder.engine.model.WorldModel#as}). A model never knows which planner uses it.
 */
@NullMarked
package io.ponder.engine.model;

import org.jspecify.annotations.NullMarked;
