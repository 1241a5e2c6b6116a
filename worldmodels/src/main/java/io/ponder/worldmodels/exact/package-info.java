/**
 * Exact models: the equations of an environment, stepped for a whole batch, with hand-written derivatives where the task is smooth; and
 * the tasks' rewards and terminations as functions of what is observed, for learned models.
 */
@NullMarked
package io.ponder.worldmodels.exact;

import org.jspecify.annotations.NullMarked;
