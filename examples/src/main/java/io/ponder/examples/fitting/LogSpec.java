package io.ponder.examples.fitting;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.train.FitParameters;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what the columns of a log mean and which networks are fitted to them.
 *
 * @param environment name of a task whose reward and end of episodes are known, or null: then the reward is learned
 * @param actionCount number of discrete actions, 0 where actions are continuous
 * @param angles      entries of the observation that are angles in radians, ascending
 * @param members     networks of the ensemble
 * @param layers      hidden layers of each
 * @param width       units of a hidden layer
 * @param epochs      largest number of epochs
 * @param batch       rows of a batch
 * @param horizon     steps ahead up to which the error is measured
 * @param seed        of weights, orders and hold-out
 */
public record LogSpec(
        @Nullable String environment, int actionCount, List<Integer> angles, int members, int layers, int width, int epochs, int batch,
        int horizon, long seed) {
    /** An ensemble of 5 networks of 2 x 64 units, reward learned, continuous actions. */
    public static final LogSpec DEFAULT = new LogSpec(null, 0, List.of(), 5, 2, 64, 200, 32, 20, 0);

    /** Copies the list. */
    public LogSpec {
        angles = List.copyOf(angles);
    }

    /** Returns this specification for a task, whose number of actions, reward and end of episodes are known. */
    public LogSpec of(ExactTask task) {
        return new LogSpec(task.name(), task.actionCount(), angles, members, layers, width, epochs, batch, horizon, seed);
    }

    /**
     * Returns a new chain for the shape of {@code data}.
     *
     * @throws IllegalArgumentException if the log does not have the columns that this specification speaks of
     */
    LearnedChain chain(TransitionStore data) {
        requireFits(data);
        int[] angleEntries = angles.stream().mapToInt(Integer::intValue).toArray();
        var chain = actionCount > 0
                ? LearnedChain.ofDiscrete(data.observationSize(), actionCount)
                : LearnedChain.of(data.observationSize(), data.actionSize());
        chain.ensemble(EnsembleParameters.pets().withMembers(members).withSize(layers, width))
                .angles(angleEntries)
                .propagation(ParticlePropagation.TS_INFINITY, true)
                .seed(seed);
        if (environment == null) return chain.learnReward().build();
        ExactTask task = ExactTasks.find(environment);
        return chain.reward(task.reward()).termination(task.termination()).build();
    }

    /**
     * Makes sure that {@code data} has the columns and the actions that this specification speaks of.
     *
     * @throws IllegalArgumentException if it does not; the message says what differs
     */
    public void requireFits(TransitionStore data) {
        for (int entry : angles) requireObserved(entry, data.observationSize());
        if (environment != null) {
            ExactTask task = ExactTasks.find(environment);
            requireSame("observation", data.observationSize(), task.observationSize());
            requireSame("action", data.actionSize(), task.actionSize());
        }
        if (actionCount > 0) requireIndices(data);
    }

    private static void requireObserved(int entry, int size) {
        if (entry < size) return;
        throw new IllegalArgumentException("angles names entry " + entry + ", but observations have the entries 0 to " + (size - 1)
                + ".\nMaybe count from 0: obs_0 is entry 0.");
    }

    private void requireIndices(TransitionStore data) {
        String advice = "\nMaybe " + (environment == null ? "leave 'actions' out" : "leave the environment out")
                + " of the specification; then actions are continuous.";
        if (data.actionSize() != 1) {
            throw new IllegalArgumentException("The log has " + data.actionSize() + " action columns, but a discrete action is one index in"
                    + " action_0." + advice);
        }
        float[] action = new float[1];
        for (int row = 0; row < data.size(); row++) {
            data.readAction(row, action);
            if (action[0] >= 0 && action[0] < actionCount && action[0] == (int) action[0]) continue;
            throw new IllegalArgumentException("action_0 of transition " + (row + 1) + " is " + action[0] + ", but it must be a whole number"
                    + " from 0 to " + (actionCount - 1) + ", the index of one of " + actionCount + " actions." + advice);
        }
    }

    private void requireSame(String name, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException("The log has " + found + " " + name + " columns, but " + environment + " has " + expected
                    + ".\nMaybe leave the environment out of the specification; then the reward is learned.");
        }
    }

    /** Returns how the networks are trained; whole episodes are held out where there are enough of them. */
    FitParameters training(boolean byEpisode) {
        return FitParameters.defaults().withBatchSize(batch).withMaximumEpochs(epochs).withHoldOut(0.2, 5000, byEpisode);
    }
}
