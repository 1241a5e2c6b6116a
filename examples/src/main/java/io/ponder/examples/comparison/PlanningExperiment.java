package io.ponder.examples.comparison;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.CollectFitPlanLoop;
import io.ponder.engine.train.CollectParameters;
import io.ponder.engine.train.EpisodeRecord;
import io.ponder.engine.train.Evaluation;
import io.ponder.engine.train.ImaginedTrajectory;
import io.ponder.engine.train.ModelErrorCurve;
import io.ponder.engine.train.PlannerPolicy;
import io.ponder.engine.train.Policy;
import io.ponder.engine.train.RandomPolicy;
import io.ponder.engine.train.TrainingListener;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.env.Environment;
import io.ponder.worldmodels.ensemble.LearnedChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one experiment of a comparison: random actions, planning with the true model, or learning a model while planning with it. The
 * starts of the episodes depend on seed and episode alone, so that all of these are paired.
 */
public final class PlanningExperiment implements ExperimentRunner {
    /** Real steps that the model's error and the shown trajectory cover. */
    private static final int ERROR_HORIZON = 30;
    private static final int ERROR_STARTS = 60;
    private static final int ERROR_PARTICLES = 20;

    private final CompareSettings settings;
    private final @Nullable Path models;

    /** Creates a runner; learned models are kept in {@code folder} where the settings ask for it. */
    public PlanningExperiment(CompareSettings settings, Path folder) {
        this.settings = settings;
        models = settings.saveModels() ? folder.resolve("models") : null;
    }

    @Override
    public ExperimentResult run(ExperimentKey key, Cancellation cancel, Consumer<EpisodeResult> listener) {
        Task task = Tasks.find(key.environment());
        Setup setup = Setup.of(task, settings.quick());
        var log = new EpisodeLog(key, listener);
        return switch (key.model()) {
            case NONE -> {
                Environment environment = task.environment().get();
                play(key, environment, new RandomPolicy(environment.actionSpace()), cancel, log);
                yield log.result(settings, null, null);
            }
            case TRUE -> {
                WorldModel model = task.exact().model();
                try (Planner planner = PlannerRecipes.create(key.planner(), task.problem(model), setup.onTrueModel())) {
                    var policy = new PlannerPolicy(planner, model, settings.budget().orElse(Budget.UNLIMITED), false);
                    play(key, task.environment().get(), policy, cancel, log);
                }
                yield log.result(settings, null, null);
            }
            case LEARNED -> learn(key, task, setup, cancel, log);
        };
    }

    private void play(ExperimentKey key, Environment environment, Policy policy, Cancellation cancel, EpisodeLog log) {
        for (int episode = 1; episode <= settings.episodes() && !cancel.requested(); episode++) {
            var evaluation = Evaluation.fromSeeds(environment, startSeed(key.seed(), episode));
            Runnable stop = evaluation::cancel;
            cancel.onRequest(stop);
            for (EpisodeRecord record : evaluation.score(policy, CounterRandom.key(key.seed(), 1000 + episode)).episodes()) {
                log.add(episode, record);
            }
            cancel.remove(stop);
        }
    }

    /** The seed of an episode's start, the same as in {@link CollectFitPlanLoop}. */
    static long startSeed(long seed, int episode) {
        return CounterRandom.key(CounterRandom.key(seed, 1), episode - 1);
    }

    private ExperimentResult learn(ExperimentKey key, Task task, Setup setup, Cancellation cancel, EpisodeLog log) {
        LearnedChain chain = setup.chain(task, key.seed());
        Environment environment = task.environment().get();
        int limit = settings.episodes() * MAXIMUM_STEPS;
        var store = new TransitionStore(task.exact().observationSize(), task.exact().actionSize(), limit);
        try (Planner planner = PlannerRecipes.create(key.planner(), task.problem(chain.model()), setup.planner())) {
            var parameters = CollectParameters.episodes(settings.episodes())
                    .withBudget(settings.budget().orElse(Budget.UNLIMITED))
                    .withMaximumSteps(limit);
            var loop = new CollectFitPlanLoop(
                    environment, planner, chain.model(), chain.learner(), store, parameters, setup.fit(), key.seed(),
                    TrainingListener.NONE);
            Runnable stop = loop::cancel;
            cancel.onRequest(stop);
            for (EpisodeRecord record = loop.runEpisode(); record != null; record = loop.runEpisode()) log.add(record.episode(), record);
            cancel.remove(stop);
        }
        if (cancel.requested() || log.count() < settings.episodes()) return log.result(settings, null, null);
        return log.result(settings, error(chain.model(), store, key.seed()), imagined(chain.model(), store, key.seed()));
    }

    /** Longest episode of any task of the comparison. */
    private static final int MAXIMUM_STEPS = 1000;

    /** The last episode came after the last fit, so the model has not seen it. */
    private static @Nullable ModelErrorCurve error(WorldModel model, TransitionStore store, long seed) {
        TransitionStore last = lastEpisode(store);
        if (last.size() < 2) return null;
        return ModelErrorCurve.measure(
                model, last, Math.min(ERROR_HORIZON, last.size()), ERROR_PARTICLES, ERROR_STARTS, CounterRandom.key(seed, 2000));
    }

    private static @Nullable ImaginedTrajectory imagined(WorldModel model, TransitionStore store, long seed) {
        int episode = store.episodes() - 1;
        int steps = Math.min(ERROR_HORIZON, store.episodeLength(episode));
        return steps < 2 ? null : ImaginedTrajectory.along(
                model, store, store.episodeStart(episode), steps, 5 * ERROR_PARTICLES, CounterRandom.key(seed, 2001));
    }

    private static TransitionStore lastEpisode(TransitionStore store) {
        int episode = store.episodes() - 1;
        int from = store.episodeStart(episode);
        int length = store.episodeLength(episode);
        var copy = new TransitionStore(store.observationSize(), store.actionSize(), Math.max(1, length));
        float[] observation = new float[store.observationSize()];
        float[] next = new float[store.observationSize()];
        float[] action = new float[store.actionSize()];
        for (int row = from; row < from + length; row++) {
            store.readObservation(row, observation);
            store.readNextObservation(row, next);
            store.readAction(row, action);
            copy.add(observation, action, store.reward(row), next, store.terminated(row), store.truncated(row));
        }
        return copy;
    }

    /** Collects the episodes of one experiment. */
    private static final class EpisodeLog {
        private final ExperimentKey key;
        private final Consumer<EpisodeResult> listener;
        private final List<EpisodeResult> episodes = new ArrayList<>();
        private final List<double[]> times = new ArrayList<>();
        private long steps;

        EpisodeLog(ExperimentKey key, Consumer<EpisodeResult> listener) {
            this.key = key;
            this.listener = listener;
        }

        int count() {
            return episodes.size();
        }

        void add(int number, EpisodeRecord record) {
            steps += record.steps();
            times.add(record.planMillis());
            var result = new EpisodeResult(
                    key, number, record.episodeReturn(), steps, record.modelSteps(), record.planMillisP50(), record.planMillisP99(),
                    record.allocatedBytesPerPlan(), record.executedOn());
            episodes.add(result);
            listener.accept(result);
        }

        ExperimentResult result(
                CompareSettings settings, @Nullable ModelErrorCurve error, @Nullable ImaginedTrajectory imagined) {
            double score = ExperimentResult.finalScore(episodes, settings.episodes(), settings.finalEpisodes());
            double[] millis = times.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
            return new ExperimentResult(key, List.copyOf(episodes), score, millis, error, imagined, null);
        }
    }
}
