package io.ponder.worldmodels.latent;

import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.tensor.Activation;

/** Keeps latent states in a range, so that imagining many steps does not blow them up. */
public enum LatentScaling {
    /** As they are. */
    NONE {
        @Override
        Node apply(NetworkBuilder builder, Node latent) {
            return latent;
        }
    },
    /** Every state to 0 .. 1 by its smallest and largest entry (MuZero, Schrittwieser and others 2020). */
    MIN_MAX {
        @Override
        Node apply(NetworkBuilder builder, Node latent) {
            return builder.minMaxScale(1e-5, latent);
        }
    },
    /** Softmax in groups of 8 (TD-MPC2, Hansen and others 2024). */
    SIMPLICIAL {
        @Override
        Node apply(NetworkBuilder builder, Node latent) {
            return builder.softmax(8, latent);
        }
    },
    /** Hyperbolic tangent. */
    TANH {
        @Override
        Node apply(NetworkBuilder builder, Node latent) {
            return builder.activation(Activation.TANH, latent);
        }
    };

    abstract Node apply(NetworkBuilder builder, Node latent);
}
