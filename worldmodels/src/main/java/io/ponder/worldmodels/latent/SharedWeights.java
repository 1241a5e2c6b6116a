package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.Network;
import java.util.concurrent.atomic.AtomicInteger;

/** Parameters that the forks of a model read, and how often they were changed. */
final class SharedWeights {
    final Network network;
    private final AtomicInteger version = new AtomicInteger();

    /** Copies the parameters as they are now. */
    SharedWeights(Network from) {
        network = from.copy();
    }

    void load(Network from) {
        System.arraycopy(from.parameters(), 0, network.parameters(), 0, from.parameterCount());
        changed();
    }

    /** Tells all passes that the parameters are others than before. */
    void changed() {
        version.incrementAndGet();
    }

    int version() {
        return version.get();
    }
}
