package io.ponder.examples.fitting;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.env.Environment;
import io.ponder.engine.train.RandomPolicy;
import io.ponder.examples.environments.Environments;

/** Logs of a pendulum under random torques. */
public final class Pendulums {
    private Pendulums() {}

    /** Returns {@code episodes} episodes of {@code steps} steps. */
    public static TransitionStore randomEpisodes(int episodes, int steps) {
        Environment pendulum = Environments.make("pendulum-v1");
        var policy = new RandomPolicy(pendulum.actionSpace());
        var data = new TransitionStore(3, 1);
        float[] action = new float[1];
        for (int episode = 0; episode < episodes; episode++) {
            float[] observation = pendulum.reset(episode).observation().clone();
            policy.beginEpisode(episode);
            data.beginEpisode();
            for (int step = 0; step < steps; step++) {
                policy.act(observation, action);
                var result = pendulum.step(action);
                data.add(observation, action, (float) result.reward(), result.observation(), false, step == steps - 1);
                observation = result.observation().clone();
            }
        }
        return data;
    }
}
