package io.ponder.worldmodels.ensemble;

/** Says which member of an ensemble predicts an imagined trajectory (Chua et al. 2018, section 4). */
public enum ParticlePropagation {
    /** All members, averaged; nothing is random. */
    MEAN,
    /** Another member at every step, drawn independently for every particle. */
    TS1,
    /** One member for the whole trajectory; consecutive particles get consecutive members, from a random first one. */
    TS_INFINITY
}
