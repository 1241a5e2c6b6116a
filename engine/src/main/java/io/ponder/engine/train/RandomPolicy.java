package io.ponder.engine.train;

import io.ponder.engine.env.Space;
import io.ponder.engine.tensor.RandomStream;

/** Draws every action from the action space, uniformly where it is bounded. The reference line of every comparison. */
public final class RandomPolicy implements Policy {
    private final Space actionSpace;
    private RandomStream random = new RandomStream(0, 0);

    /** Creates a policy for an action space. */
    public RandomPolicy(Space actionSpace) {
        this.actionSpace = actionSpace;
    }

    @Override
    public void beginEpisode(long seed) {
        random = new RandomStream(seed, 0);
    }

    @Override
    public void act(float[] observation, float[] action) {
        actionSpace.sample(random, action, 0);
    }
}
