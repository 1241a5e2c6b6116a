package io.ponder.examples.papers;

import io.ponder.engine.tabular.QLearning;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.engine.train.JumpStart;
import org.jspecify.annotations.Nullable;

/**
 * Jump-start: a combination lock of 20 bits, where a wrong bit ends the episode and only the last pays, and a guide that gets each bit right
 * with probability 0.9, that is, opens it in 12 % of the episodes.
 */
final class JumpStartExperiment {
    private static final int BITS = 20;
    private static final int LIMIT = 4000;
    private static final double GUIDE = 0.9;
    private static final double EXPLORATION = 0.1;
    private static final double STEP_SIZE = 0.3;

    private JumpStartExperiment() {}

    static Experiment experiment() {
        return Experiment.named("jump-start", "Jump-start reinforcement learning")
                .paper("Uchendu et al.: Jump-Start Reinforcement Learning, 2023")
                .claim("A guide that seldom succeeds lets plain epsilon-greedy Q-learning solve a task that it never solves alone.")
                .metric("episodes until the greedy policy opens a lock of 20 bits (4000: never)", Direction.LOWER)
                .method("staged").method("random change").baseline("from scratch").control("guide acts at random")
                .reference("guide never leaves")
                .atMost(1000).beats("from scratch")
                .require("from scratch opens at most 1 of 10 locks", outcome -> {
                    int opened = 0;
                    for (double episodes : outcome.values("from scratch")) if (episodes < LIMIT) opened++;
                    return opened <= Math.max(1, outcome.seeds().size() / 10);
                })
                .logarithmic().inTests(3)
                .remark("This learner is off-policy, and the last arm shows that it learns as much from a guide that never leaves: on this task the "
                        + "roll-in matters, not when it ends. The learner's own play matters where the guide is to be surpassed.")
                .trial((seed, scale, curves) -> new double[] {
                    episodes(JumpStart.staged(BITS, 10, 20, 0.2, 0), GUIDE, seed),
                    episodes(JumpStart.random(BITS, seed), GUIDE, seed),
                    episodes(null, GUIDE, seed),
                    episodes(JumpStart.staged(BITS, 10, 20, 0.2, 0), 0.5, seed),
                    episodes(JumpStart.staged(BITS, 10, LIMIT + 1, 0.2, 0), GUIDE, seed)
                });
    }

    /** Returns how many episodes it takes until the greedy policy knows all bits. */
    private static double episodes(@Nullable JumpStart jump, double guide, long seed) {
        var keys = new RandomStream(seed, 0);
        int[] lock = new int[BITS];
        for (int i = 0; i < BITS; i++) lock[i] = keys.nextBoolean() ? 1 : 0;
        var random = new RandomStream(seed, 1);
        var learner = new QLearning(BITS, 2, 1, 0);
        for (int episode = 0; episode < LIMIT; episode++) {
            if (opens(learner, lock)) return episode;
            int guided = jump == null ? 0 : jump.guideSteps();
            double reward = 0;
            for (int i = 0; i < BITS; i++) {
                int bit;
                if (i < guided) bit = random.nextDouble() < guide ? lock[i] : 1 - lock[i];
                else if (random.nextDouble() < EXPLORATION) bit = random.nextBoolean() ? 1 : 0;
                else bit = learner.bestAction(i, random.nextDouble());
                boolean right = bit == lock[i];
                boolean last = i == BITS - 1;
                reward = right && last ? 1 : 0;
                learner.update(i, bit, reward, last ? i : i + 1, !right || last, STEP_SIZE);
                if (!right) break;
            }
            if (jump != null) jump.episodeEnded(reward);
        }
        return LIMIT;
    }

    private static boolean opens(QLearning learner, int[] lock) {
        for (int i = 0; i < lock.length; i++) {
            if (learner.actionValue(i, lock[i]) <= learner.actionValue(i, 1 - lock[i])) return false;
        }
        return true;
    }
}
