package io.ponder.examples.bench;

import io.ponder.engine.train.selfplay.PhaseTimes;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.examples.training.TrainingEnvironment;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingPresets;
import io.ponder.examples.training.TrainingSettings;
import io.ponder.examples.training.TrainingTask;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * Training of MuZero on CartPole-v1 with its preset: environment steps a second, once learning has begun; with two threads one plays and
 * one learns. Beside: optimiser steps a second, and the shares of the threads' busy time.
 */
final class MuzeroTrainCase implements BenchCase {
    @Override
    public String name() {
        return "muzero-train";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("env", "CartPole-v1"));
    }

    @Override
    public boolean threaded() {
        return true;
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        var environment = TrainingEnvironment.of("CartPole-v1");
        TrainingSettings settings = TrainingPresets.settings(TrainingMethod.MUZERO, environment);
        TrainingTask task = TrainingTask.of(TrainingMethod.MUZERO, environment, settings, 1);
        var pool = threads > 1 ? new ForkJoinPool(1) : null;
        try (var loop = new SelfPlayLoop(
                task.selfPlay(), task.parameters(Double.POSITIVE_INFINITY), task.seed(), SelfPlayListener.NONE, pool)) {
            while (loop.replay().size() < settings.integer(TrainingOption.POSITIONS_BEFORE)) loop.round();
            long firstSteps = loop.steps();
            long firstLearned = task.selfPlay().learner().steps();
            PhaseTimes first = loop.times();
            long[] rounds = {0};
            double[] nanos = stopwatch.nanosPerCall(() -> {
                loop.round();
                rounds[0]++;
            });
            PhaseTimes times = loop.times().since(first);
            // An episode that was cut takes a round without a step.
            double stepsPerRound = (double) (loop.steps() - firstSteps) / rounds[0];
            double learnsPerStep = (double) (task.selfPlay().learner().steps() - firstLearned) / (loop.steps() - firstSteps);
            Measurement found = Measurement.of("environmentStepsPerSecond", "1/s", nanos, t -> 1e9 * stepsPerRound / t);
            return found.with("learnerStepsPerSecond", found.median() * learnsPerStep)
                    .with("searchShare", times.share(times.searchSeconds()))
                    .with("networkShare", times.share(times.networkSeconds()))
                    .with("learnShare", times.share(times.learnSeconds()));
        } finally {
            if (pool != null) pool.shutdown();
        }
    }
}
