/**
 * How little an ensemble knows: six estimators over what its members forecast, one implementation each for penalties, halts and exploration
 * bonuses. They differ in scale by orders of magnitude: bring them to mean 1 on the data with
 * {@link io.ponder.worldmodels.uncertainty.ScaledUncertainty} before a weight or a threshold is chosen.
 */
@NullMarked
package io.ponder.worldmodels.uncertainty;

import org.jspecify.annotations.NullMarked;
