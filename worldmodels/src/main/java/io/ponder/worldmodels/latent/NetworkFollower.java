package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.Network;

/** A model that plays with the parameters of a network that learns, but takes them over only when told. */
public interface NetworkFollower {
    /** Takes over the parameters of a network of the same graph, for all forks. None of them may work meanwhile. */
    void load(Network from);
}
