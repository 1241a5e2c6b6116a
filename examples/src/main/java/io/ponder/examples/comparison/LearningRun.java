package io.ponder.examples.comparison;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.train.CollectFitPlanLoop;
import io.ponder.engine.train.CollectParameters;
import io.ponder.engine.train.EpisodeRecord;
import io.ponder.engine.train.Evaluation;
import io.ponder.engine.train.EvaluationReport;
import io.ponder.engine.train.TrainingListener;
import io.ponder.worldmodels.ensemble.LearnedChain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Learns a model of a task while one planner plans with it, and keeps model, planner and data. One thread at a time. */
public final class LearningRun implements AutoCloseable {
    private final Task task;
    private final long seed;
    private final LearnedChain chain;
    private final TransitionStore store;
    private final WorldModel model;
    private final Planner planner;
    private final CollectFitPlanLoop loop;

    /** Prepares a run; nothing is learned yet. */
    public LearningRun(Task task, Setup setup, String plannerName, CollectParameters parameters, long seed) {
        this(task, setup, plannerName, parameters, seed, Backend.CPU);
    }

    /** Prepares a run whose imagined rollouts run on a backend. */
    public LearningRun(
            Task task, Setup setup, String plannerName, CollectParameters parameters, long seed, Backend backend) {
        this.task = task;
        this.seed = seed;
        chain = setup.chain(task, seed);
        store = new TransitionStore(task.exact().observationSize(), task.exact().actionSize());
        model = PlannerRecipes.model(plannerName, chain);
        planner = PlannerRecipes.create(plannerName, task.problem(model), setup.planner(), backend);
        loop = new CollectFitPlanLoop(
                task.environment().get(), planner, model, chain.learner(), store, parameters, setup.fit(), seed,
                TrainingListener.NONE);
    }

    /** Runs all episodes that the parameters ask for, or until the run is cancelled; {@code listener} is told each. */
    public List<EpisodeRecord> learn(Cancellation cancel, Consumer<EpisodeRecord> listener) {
        Runnable stop = loop::cancel;
        cancel.onRequest(stop);
        try {
            List<EpisodeRecord> episodes = new ArrayList<>();
            for (EpisodeRecord record = loop.runEpisode(); record != null; record = loop.runEpisode()) {
                episodes.add(record);
                listener.accept(record);
            }
            return episodes;
        } finally {
            cancel.remove(stop);
        }
    }

    /** Scores the planner with the model as it is, without learning, from the starts of these seeds. */
    public EvaluationReport score(long[] startSeeds, Cancellation cancel) {
        var evaluation = Evaluation.fromSeeds(task.environment().get(), startSeeds);
        return cancellable(evaluation, cancel, () -> evaluation.score(planner, model, Budget.UNLIMITED, seed));
    }

    /** Runs an evaluation that ends early when the run is cancelled. */
    static EvaluationReport cancellable(
            Evaluation evaluation, Cancellation cancel, java.util.function.Supplier<EvaluationReport> score) {
        Runnable stop = evaluation::cancel;
        cancel.onRequest(stop);
        try {
            return score.get();
        } finally {
            cancel.remove(stop);
        }
    }

    /** Returns the learned model. */
    public LearnedChain chain() {
        return chain;
    }

    /** Returns everything that was experienced. */
    public TransitionStore store() {
        return store;
    }

    @Override
    public void close() {
        planner.close();
    }
}
