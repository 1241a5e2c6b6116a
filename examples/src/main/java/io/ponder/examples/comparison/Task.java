package io.ponder.examples.comparison;

import io.ponder.engine.env.Environment;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import io.ponder.worldmodels.archive.ModelArchive;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Says how an environment is compared: the environment, what is known of it, and how far planners look.
 *
 * @param id               the name of the environment
 * @param environment      makes the environment, with its time limit
 * @param exact            its equations, reward and termination
 * @param observationNames names of the observation's entries, for plots
 * @param angles           entries of the observation that are angles in radians, ascending
 * @param horizon          steps that planners look ahead
 * @param repeat           probability with which a random step repeats the discrete action before it: slow tasks need long pushes
 * @param trees            how tree searches look ahead
 */
public record Task(
        String id,
        Supplier<Environment> environment,
        ExactTask exact,
        List<String> observationNames,
        List<Integer> angles,
        int horizon,
        double repeat,
        TreeSizes trees) {

    /** Tells whether the actions are discrete. */
    public boolean discrete() {
        return exact.actionCount() > 0;
    }

    /** Returns the problem of planning with a model of this task. */
    public Problem problem(WorldModel model) {
        return discrete() ? Problem.discrete(model) : Problem.of(model, exact.actionLow(), exact.actionHigh());
    }

    /**
     * Returns a saved model, with the reward of this task where it has not learned one.
     *
     * @throws IOException if there is no usable model in the folder
     */
    public LearnedChain load(Path folder) throws IOException {
        try {
            return ModelArchive.load(folder, exact.reward(), exact.termination());
        } catch (IllegalArgumentException rewardIsLearned) {
            return ModelArchive.load(folder, null, exact.termination());
        }
    }

    /** Returns {@link #angles} as an array. */
    int[] angleEntries() {
        return angles.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns this task with another horizon of planning. */
    public Task withHorizon(int newHorizon) {
        return new Task(id, environment, exact, observationNames, angles, newHorizon, repeat, trees);
    }
}
