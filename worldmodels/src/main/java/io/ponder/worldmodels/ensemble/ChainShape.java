package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import java.util.List;

/**
 * States everything of a {@link LearnedChain} that is not learned and not code: what is needed to build it again.
 *
 * @param observationSize  entries of an observation
 * @param actionSize       rows of an action
 * @param actionCount      number of discrete actions, 0 for continuous actions
 * @param angles           entries of the observation that are angles, ascending
 * @param ensemble         the networks
 * @param learnsReward     whether the reward is the last target; otherwise it must be known
 * @param normalisesTargets whether targets are standardised
 * @param delta            whether the change of the observation is predicted
 * @param propagation      which member predicts a trajectory
 * @param sampled          whether next observations are drawn
 * @param discount         of every step, from 0 to 1
 * @param seed             of the weights
 */
public record ChainShape(
        int observationSize,
        int actionSize,
        int actionCount,
        List<Integer> angles,
        EnsembleParameters ensemble,
        boolean learnsReward,
        boolean normalisesTargets,
        boolean delta,
        ParticlePropagation propagation,
        boolean sampled,
        double discount,
        long seed) {
    public ChainShape {
        Checks.positive("observationSize", observationSize);
        Checks.positive("actionSize", actionSize);
        Checks.nonNegative("actionCount", actionCount);
        if (actionCount > 0) Checks.same("actionSize of a discrete chain", actionSize, "one index row", 1);
        Checks.inRange("discount", discount, 0, 1);
        angles = List.copyOf(angles);
    }

    /** Returns the defaults: a small ensemble of changes, standardised, TS-infinity with noise, a known reward, no discount. */
    static ChainShape of(int observationSize, int actionSize, int actionCount) {
        return new ChainShape(observationSize, actionSize, actionCount, List.of(), EnsembleParameters.small(), false, true, true,
                ParticlePropagation.TS_INFINITY, true, 1, 0);
    }

    /** Returns the entries of an observation that are angles. */
    int[] angleEntries() {
        return angles.stream().mapToInt(Integer::intValue).toArray();
    }
}
