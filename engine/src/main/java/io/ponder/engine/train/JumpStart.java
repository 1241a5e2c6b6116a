package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Decides how far a guide rolls in before the learner takes over: the guide acts for the first {@link #guideSteps()} steps of an episode,
 * the learner for the rest, and the learner (any off-policy one) trains on all of it.
 *
 * <p>{@link #staged} begins with the guide alone and moves the change backwards in stages, whenever the combined policy is as good as the
 * best stage before; {@link #random} draws the change anew for every episode. A stage also waits for one success, because with none in sight
 * "no worse than before" says nothing.
 *
 * <p>Not thread-safe. Nothing is allocated after construction.
 *
 * <p>Source: I. Uchendu, T. Xiao, Y. Lu and others, "Jump-Start Reinforcement Learning", 2023, Algorithm 1 and its random variant.
 */
public final class JumpStart {
    private final int horizon;
    private final int stages;
    private final double tolerance;
    private final double failureReturn;
    private final double[] window;
    private final boolean random;
    private final long key;
    private int stage;
    private int inStage;
    private int episodes;
    private double bestMean = Double.NEGATIVE_INFINITY;
    private int guideSteps;

    private JumpStart(int horizon, int stages, int window, double tolerance, double failureReturn, boolean random, long seed) {
        this.horizon = Checks.positive("horizon", horizon);
        this.stages = Checks.positive("stages", stages);
        this.tolerance = Checks.inRange("tolerance", tolerance, 0, Double.MAX_VALUE);
        this.failureReturn = failureReturn;
        this.window = new double[Checks.positive("window", window)];
        this.random = random;
        key = CounterRandom.key(seed, 0);
        guideSteps = random ? drawn() : horizon;
    }

    /**
     * Returns a curriculum in stages.
     *
     * @param horizon       steps of an episode
     * @param stages        how often the change moves backwards until the learner acts from the first step on, at least 1
     * @param window        episodes of which the mean return is taken, at least 1
     * @param tolerance     how far that mean may be below the best before
     * @param failureReturn a stage only ends with a return above this in its window
     */
    public static JumpStart staged(int horizon, int stages, int window, double tolerance, double failureReturn) {
        return new JumpStart(horizon, stages, window, tolerance, failureReturn, false, 0);
    }

    /** Returns a curriculum that draws the number of guided steps from 0 to {@code horizon}, each equally likely. */
    public static JumpStart random(int horizon, long seed) {
        return new JumpStart(horizon, 1, 1, 0, 0, true, seed);
    }

    /** Returns how many first steps of the coming episode the guide takes. */
    public int guideSteps() {
        return guideSteps;
    }

    /** Tells the return of the episode that has ended, from its first step on. */
    public void episodeEnded(double episodeReturn) {
        episodes++;
        if (random) {
            guideSteps = drawn();
            return;
        }
        window[inStage++ % window.length] = episodeReturn;
        if (inStage < window.length || stage == stages) return;
        double sum = 0;
        boolean success = false;
        for (double one : window) {
            sum += one;
            success |= one > failureReturn;
        }
        double mean = sum / window.length;
        if (!success || mean < bestMean - tolerance) return;
        bestMean = Math.max(bestMean, mean);
        stage++;
        inStage = 0;
        guideSteps = horizon - (int) ((long) horizon * stage / stages);
    }

    private int drawn() {
        return CounterRandom.below(horizon + 1, (int) key, (int) (key >>> 32), episodes, 0);
    }
}
