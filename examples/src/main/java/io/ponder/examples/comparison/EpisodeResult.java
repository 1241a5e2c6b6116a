package io.ponder.examples.comparison;

import io.ponder.engine.train.PlanHealth;

/**
 * Records one episode of an experiment.
 *
 * @param key                   the experiment
 * @param episode               number of the episode, from 1
 * @param episodeReturn         sum of the rewards
 * @param environmentSteps      steps of the environment taken so far in the experiment, this episode included
 * @param modelSteps            model steps that planning used in this episode
 * @param planMillisP50         median time of a planning call in milliseconds; NaN where nothing was planned
 * @param planMillisP99         99th percentile of the same
 * @param allocatedBytesPerPlan mean heap allocation of a planning call; NaN where nothing was planned or the JVM does not count
 * @param backend               what ran the rollouts; empty where nothing was planned
 * @param health                what the plans' diagnostics said
 */
public record EpisodeResult(
        ExperimentKey key,
        int episode,
        double episodeReturn,
        long environmentSteps,
        long modelSteps,
        double planMillisP50,
        double planMillisP99,
        double allocatedBytesPerPlan,
        String backend,
        PlanHealth health) {}
