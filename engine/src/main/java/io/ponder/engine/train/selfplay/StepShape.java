package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;

/**
 * States the sizes of one recorded decision.
 *
 * @param observationSize entries O of an observation
 * @param actionSize      entries A of an action; 1 (the index) for a discrete one
 * @param edges           edges W of a searched root: the actions, or the sampled actions
 * @param sampled         whether the edges of a decision are sampled actions, which are then recorded
 * @param maskSize        discrete actions of which is recorded whether they are illegal; 0 where all always are legal
 */
public record StepShape(int observationSize, int actionSize, int edges, boolean sampled, int maskSize) {
    public StepShape {
        Checks.positive("observationSize", observationSize);
        Checks.positive("actionSize", actionSize);
        Checks.positive("edges", edges);
        Checks.nonNegative("maskSize", maskSize);
    }
}
