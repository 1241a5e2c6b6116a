/**
 * The results that the project promises, each a {@link io.ponder.examples.evidence.ResultRow} with its goal, measured seed by seed and
 * stored as soon as it is known, so that a long run can be stopped and continued.
 */
@NullMarked
package io.ponder.examples.evidence;

import org.jspecify.annotations.NullMarked;
