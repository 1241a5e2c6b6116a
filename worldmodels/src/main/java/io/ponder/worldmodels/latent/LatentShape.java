package io.ponder.worldmodels.latent;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ModelSpec;

/**
 * States what a latent model works on.
 *
 * @param observationSize entries O of an observation
 * @param actionSize      entries A of an action; 1 for a discrete one
 * @param actionCount     discrete actions, 0 for continuous ones
 * @param latentSize      entries of an imagined state
 * @param reward          how rewards are written
 * @param value           how values are written
 * @param discount        of an imagined step, from -1 to 1: negative where two players move in turn
 */
public record LatentShape(
        int observationSize, int actionSize, int actionCount, int latentSize, ScalarSupport reward, ScalarSupport value, double discount) {
    public LatentShape {
        Checks.positive("latentSize", latentSize);
        Checks.inRange("discount", discount, -1, 1);
    }

    /** Returns the sizes for planners. */
    public ModelSpec spec() {
        return new ModelSpec(observationSize, actionSize, actionCount, latentSize, 0, 1);
    }

    /** Returns the rows in which an action enters a network: one a discrete action, or its entries. */
    public int actionRows() {
        return actionCount > 0 ? actionCount : actionSize;
    }

    /** Returns the rows of a policy: logits, or mean and logarithm of the deviation of every entry. */
    public int policyRows() {
        return actionCount > 0 ? actionCount : 2 * actionSize;
    }
}
