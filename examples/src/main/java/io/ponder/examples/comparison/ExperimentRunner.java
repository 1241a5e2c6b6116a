package io.ponder.examples.comparison;

import java.util.function.Consumer;

/** Runs one experiment. Called from several threads at once, for different experiments. */
@FunctionalInterface
public interface ExperimentRunner {
    /**
     * Runs an experiment until it is done or the run is cancelled, whichever comes first.
     *
     * @param key     the experiment
     * @param cancel  asked often; the result of a cancelled experiment holds its finished episodes
     * @param episode told every finished episode
     * @throws Exception if the experiment cannot be run; the others go on
     */
    ExperimentResult run(ExperimentKey key, Cancellation cancel, Consumer<EpisodeResult> episode) throws Exception;
}
