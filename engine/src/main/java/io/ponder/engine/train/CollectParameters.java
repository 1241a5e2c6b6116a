package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Budget;

/**
 * States how {@link CollectFitPlanLoop} collects.
 *
 * @param episodes       episodes of the whole run, random ones included, at least 1
 * @param maximumSteps   environment steps of the whole run, at least 1; the episode that reaches it is cut
 * @param randomEpisodes episodes at the beginning with random actions, at least 0; default 1
 * @param randomSteps    environment steps at the beginning with random actions, at least 0; the random episode that reaches it is cut,
 *                       unless more random episodes are due; default 0
 * @param fitEverySteps  environment steps after which the model is fitted again within an episode, or 0 to fit only between episodes
 *                       (default)
 * @param budget         of every decision; default unlimited: the planner's own parameters decide
 * @param explore        whether the planner may explore; default false
 * @param actionRepeat   environment steps for which a planned action is held before the planner is asked again, at least 1; default 1
 */
public record CollectParameters(
        int episodes,
        int maximumSteps,
        int randomEpisodes,
        int randomSteps,
        int fitEverySteps,
        Budget budget,
        boolean explore,
        int actionRepeat) {
    /** Checks the numbers. */
    public CollectParameters {
        Checks.positive("episodes", episodes);
        Checks.positive("maximumSteps", maximumSteps);
        Checks.nonNegative("randomEpisodes", randomEpisodes);
        Checks.nonNegative("randomSteps", randomSteps);
        Checks.nonNegative("fitEverySteps", fitEverySteps);
        Checks.positive("actionRepeat", actionRepeat);
    }

    /** Returns the defaults for a number of episodes: the first is random, a fit before each of the others. */
    public static CollectParameters episodes(int count) {
        return new CollectParameters(count, Integer.MAX_VALUE, 1, 0, 0, Budget.UNLIMITED, false, 1);
    }

    /** Returns these parameters with another limit of environment steps. */
    public CollectParameters withMaximumSteps(int steps) {
        return new CollectParameters(episodes, steps, randomEpisodes, randomSteps, fitEverySteps, budget, explore, actionRepeat);
    }

    /** Returns these parameters with another random beginning. */
    public CollectParameters withRandom(int newEpisodes, int newSteps) {
        return new CollectParameters(episodes, maximumSteps, newEpisodes, newSteps, fitEverySteps, budget, explore, actionRepeat);
    }

    /** Returns these parameters with fits every so many environment steps, or 0. */
    public CollectParameters withFitEvery(int steps) {
        return new CollectParameters(episodes, maximumSteps, randomEpisodes, randomSteps, steps, budget, explore, actionRepeat);
    }

    /** Returns these parameters with another budget of a decision. */
    public CollectParameters withBudget(Budget newBudget) {
        return new CollectParameters(episodes, maximumSteps, randomEpisodes, randomSteps, fitEverySteps, newBudget, explore, actionRepeat);
    }

    /** Returns these parameters with exploring decisions or without. */
    public CollectParameters withExplore(boolean newExplore) {
        return new CollectParameters(episodes, maximumSteps, randomEpisodes, randomSteps, fitEverySteps, budget, newExplore, actionRepeat);
    }

    /** Returns these parameters with actions that are held for a number of environment steps. */
    public CollectParameters withActionRepeat(int steps) {
        return new CollectParameters(episodes, maximumSteps, randomEpisodes, randomSteps, fitEverySteps, budget, explore, steps);
    }
}
