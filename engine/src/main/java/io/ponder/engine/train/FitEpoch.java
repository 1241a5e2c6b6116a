package io.ponder.engine.train;

/**
 * Says how far a fit is after an epoch. The array is the loop's own: copy what is kept beyond the callback, and do not modify it.
 *
 * @param fit                    number of the fit, from 1
 * @param epoch                  number of the epoch, from 1
 * @param steps                  optimiser steps of this fit so far
 * @param loss                   hold-out loss {@code [E]} after the epoch
 * @param improvedMembers        members whose loss fell enough to keep their weights
 * @param epochsSinceImprovement epochs in a row in which no member improved
 */
public record FitEpoch(int fit, int epoch, int steps, double[] loss, int improvedMembers, int epochsSinceImprovement) {}
