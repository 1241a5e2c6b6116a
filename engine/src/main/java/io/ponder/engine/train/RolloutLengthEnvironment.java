package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.EpisodeRandom;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;

/**
 * Makes the choice of rollout lengths an environment of its own (Bhatia, Thomas and Zilberstein 2022, "Adaptive rollout length for
 * model-based RL using model-free deep RL", section 4): an episode is a whole run of learning, a step a phase of it, an action one of a few
 * lengths, the reward what the learner was worth in the phase. Whatever learns from environments can learn to schedule.
 *
 * <p>The observation is (progress, model error, recent return, horizon / largest horizon), as scaled by the caller's features. Not
 * thread-safe.
 */
public final class RolloutLengthEnvironment implements Environment {
    /** Entries of the observation. */
    public static final int FEATURES = 4;

    private final PhasedLearning learning;
    private final int[] horizons;
    private final Box observationSpace = Box.of(FEATURES, -Float.MAX_VALUE, Float.MAX_VALUE);
    private final Discrete actionSpace;
    private final EpisodeRandom random = new EpisodeRandom();
    private final StepResult result = new StepResult(FEATURES);
    private int phase = -1;

    /**
     * Creates the environment.
     *
     * @param horizons the lengths to choose from, ascending. Copied.
     */
    public RolloutLengthEnvironment(PhasedLearning learning, int... horizons) {
        this.learning = learning;
        this.horizons = horizons.clone();
        Checks.inRange("number of horizons", horizons.length, 2, Integer.MAX_VALUE);
        for (int i = 0; i < horizons.length; i++) {
            Checks.inRange("horizons[" + i + "]", horizons[i], i == 0 ? 0 : horizons[i - 1] + 1, Integer.MAX_VALUE);
        }
        actionSpace = new Discrete(horizons.length);
    }

    @Override
    public String name() {
        return "rollout-length";
    }

    @Override
    public Space observationSpace() {
        return observationSpace;
    }

    @Override
    public Space actionSpace() {
        return actionSpace;
    }

    @Override
    public StepResult reset(long seed) {
        random.seed(seed);
        return reset();
    }

    @Override
    public StepResult reset() {
        learning.begin(random.nextLong());
        phase = 0;
        result.start();
        observe(learning.features(), result.observation());
        return result;
    }

    @Override
    public StepResult step(float[] action) {
        if (phase < 0) throw new IllegalStateException("The run of learning is over.\nMaybe call reset() first.");
        double reward = learning.phase(horizons[actionSpace.index(action)]);
        boolean over = ++phase == learning.phases();
        if (over) phase = -1;
        observe(learning.features(), result.observation());
        return result.set(reward, over);
    }

    @Override
    public boolean stochastic() {
        return true;
    }

    private void observe(RolloutFeatures features, float[] observation) {
        observation[0] = (float) features.progress();
        observation[1] = (float) features.modelError();
        observation[2] = (float) features.recentReturn();
        observation[3] = features.horizon() / (float) horizons[horizons.length - 1];
    }

    /**
     * Returns the scheduler that a policy of this environment is. It holds scratch memory: one thread at a time.
     *
     * @param policy such as a {@link DeepQLearner} that was trained here
     */
    public RolloutScheduler scheduler(Policy policy) {
        float[] observation = new float[FEATURES];
        float[] action = new float[1];
        return features -> {
            observe(features, observation);
            policy.act(observation, action);
            return horizons[actionSpace.index(action)];
        };
    }
}
