package io.ponder.planners;

import io.ponder.engine.Checks;

/**
 * Says how much a sampling planner searches in a call.
 *
 * @param horizon          steps T of a plan, at least 1
 * @param iterations       iterations that a call makes if its budget allows, at least 1
 * @param candidates       candidates that a row wants in the first iteration, at least 1
 * @param fewestCandidates fewest candidates that a later iteration is worth making with, where the budget shrinks it, from 1 to
 *                         {@code candidates}
 */
public record SearchSize(int horizon, int iterations, int candidates, int fewestCandidates) {
    public SearchSize {
        Checks.positive("horizon", horizon);
        Checks.positive("iterations", iterations);
        Checks.positive("candidates", candidates);
        Checks.inRange("fewestCandidates", fewestCandidates, 1, candidates);
    }
}
