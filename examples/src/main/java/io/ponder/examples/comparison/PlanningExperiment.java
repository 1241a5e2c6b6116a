package io.ponder.examples.comparison;

import io.ponder.engine.data.TransitionStore;
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
import io.ponder.worldmodels.archive.ModelArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    private static final int SHOWN_PARTICLES = 100;
    /** A shorter stretch says nothing. */
    private static final int SHORTEST = 2;

    /** Streams of the seed, apart from those of {@link CollectFitPlanLoop}. */
    private static final long FIRST_DECISION_STREAM = 1000;
    private static final long ERROR_STREAM = 500;
    private static final long SHOWN_STREAM = 501;


    private final CompareSettings settings;
    private final Path folder;

    /** Creates a runner; learned models are kept below {@code folder} where the settings ask for it. */
    public PlanningExperiment(CompareSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder.resolve("models");
    }

    @Override
    public ExperimentResult run(ExperimentKey key, Cancellation cancel, Consumer<EpisodeResult> listener) throws IOException {
        Task task = Tasks.find(key.environment());
        Setup setup = Setup.of(task, settings.quick());
        var log = new EpisodeLog(key, listener);
        switch (key.model()) {
            case NONE -> play(task, new RandomPolicy(task.environment().get().actionSpace()), cancel, log);
            case TRUE -> plan(task, task.exact().model(), setup.onTrueModel(), cancel, log);
            case LEARNED -> {
                Path loaded = settings.loadedModel();
                if (loaded == null) return learn(task, setup, cancel, log);
                plan(task, PlannerRecipes.model(key.planner(), task.load(loaded)), setup.planner(), cancel, log);
            }
        }
        return log.result(settings, null, null);
    }

    private void plan(Task task, WorldModel model, PlannerSizes sizes, Cancellation cancel, EpisodeLog log) {
        try (Planner planner = PlannerRecipes.create(log.key.planner(), task.problem(model), sizes, settings.backend())) {
            int actionRepeat = PlannerRecipes.actionRepeat(log.key.planner(), sizes);
            play(task, new PlannerPolicy(planner, model, settings.budget().orElse(Budget.UNLIMITED), false, actionRepeat), cancel, log);
        }
    }

    /** Plays the episodes without learning, from the starts that a learning planner has. */
    private void play(Task task, Policy policy, Cancellation cancel, EpisodeLog log) {
        long seed = log.key.seed();
        for (int episode = 1; episode <= settings.episodes() && !cancel.requested(); episode++) {
            var evaluation = Evaluation.fromSeeds(task.environment().get(), CollectFitPlanLoop.startSeed(seed, episode));
            long decisions = CounterRandom.key(seed, FIRST_DECISION_STREAM + episode);
            for (EpisodeRecord record : LearningRun.cancellable(evaluation, cancel, () -> evaluation.score(policy, decisions)).episodes()) {
                log.add(episode, record);
            }
        }
    }

    private ExperimentResult learn(Task task, Setup setup, Cancellation cancel, EpisodeLog log) throws IOException {
        ExperimentKey key = log.key;
        var parameters = CollectParameters.episodes(settings.episodes()).withBudget(settings.budget().orElse(Budget.UNLIMITED))
                .withActionRepeat(PlannerRecipes.actionRepeat(key.planner(), setup.planner()));
        try (var run = new LearningRun(task, setup, key.planner(), parameters, key.seed(), settings.backend())) {
            run.learn(cancel, record -> log.add(record.episode(), record));
            if (log.count() < settings.episodes()) return log.result(settings, null, null);
            if (settings.saveModels()) {
                Path model = folder.resolve(task.id()).resolve(key.planner() + "-seed" + key.seed());
                Files.createDirectories(model);
                ModelArchive.save(model, run.chain(), task.id().toLowerCase(Locale.ROOT));
            }
            WorldModel model = run.chain().model();
            return log.result(settings, error(model, run.store(), key.seed()), imagined(model, run.store(), key.seed()));
        }
    }

    /** The last episode came after the last fit, so the model has not seen it. */
    private static @Nullable ModelErrorCurve error(WorldModel model, TransitionStore store, long seed) {
        int episode = store.episodes() - 1;
        if (store.episodeLength(episode) < SHORTEST) return null;
        var last = new TransitionStore(store.observationSize(), store.actionSize());
        last.appendEpisode(store, episode);
        int horizon = Math.min(ERROR_HORIZON, last.size());
        return ModelErrorCurve.measure(model, last, horizon, ERROR_PARTICLES, ERROR_STARTS, CounterRandom.key(seed, ERROR_STREAM));
    }

    private static @Nullable ImaginedTrajectory imagined(WorldModel model, TransitionStore store, long seed) {
        int episode = store.episodes() - 1;
        int steps = Math.min(ERROR_HORIZON, store.episodeLength(episode));
        if (steps < SHORTEST) return null;
        return ImaginedTrajectory.along(
                model, store, store.episodeStart(episode), steps, SHOWN_PARTICLES, CounterRandom.key(seed, SHOWN_STREAM));
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
                    record.allocatedBytesPerPlan(), record.executedOn(), record.health());
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
