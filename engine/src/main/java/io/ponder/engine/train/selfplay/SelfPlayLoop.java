package io.ponder.engine.train.selfplay;

import io.ponder.engine.env.Environment;
import io.ponder.engine.game.Symmetry;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.SearchPlanner;
import io.ponder.engine.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plays and learns in turn until the limits are reached.
 *
 * <p>A round is one decision in every environment and the optimiser steps that are due, followed by writing down what was played. While a
 * round runs, playing sees the parameters and learning sees the episodes of before it, so the two halves may run on two threads: the
 * curve is the same, to the bit, for one thread and for two.
 *
 * <p>{@link #run} is called by one thread; {@link #cancel} may come from any other.
 */
public final class SelfPlayLoop implements AutoCloseable {
    private static final long PLAY = 1;
    private static final long BATCHES = 2;
    private static final long REANALYSES = 3;
    private static final long EVALUATIONS = 4;

    /** Scores the agent as it is, without learning. */
    @FunctionalInterface
    public interface Evaluator {
        /** Returns the return of every episode played. */
        double[] evaluate(long seed);
    }

    private final SelfPlayTask task;
    private final LoopParameters parameters;
    private final long seed;
    private final SelfPlayListener listener;
    private final @Nullable ForkJoinPool pool;
    private final List<SearchPlanner> planners = new ArrayList<>();
    private final SearchPlanner search;
    private final EpisodeReplay replay;
    private final SelfPlay selfPlay;
    private final @Nullable Reanalysis reanalysis;
    private final UnrollSampler sampler;
    private final StepShape shape;
    private final LoopProgress progress = new LoopProgress();
    private Evaluator evaluator = this::playGreedily;
    private volatile boolean cancelled;

    /**
     * Puts a run together and starts an episode in every environment.
     *
     * @param seed     of everything that is drawn
     * @param listener hears what happens
     * @param pool     runs the playing while the calling thread learns, closed by its owner; null for one thread
     */
    public SelfPlayLoop(
            SelfPlayTask task, SelfPlayParameters parameters, long seed, SelfPlayListener listener, @Nullable ForkJoinPool pool) {
        this.task = task;
        this.parameters = parameters.loop();
        this.seed = seed;
        this.listener = listener;
        this.pool = pool;
        int rows = this.parameters.environments();
        WorldModel model = task.model();
        List<Environment> environments = IntStream.range(0, rows).<Environment>mapToObj(b -> task.environment().get()).toList();
        search = newSearch(rows);
        shape = SelfPlay.shape(environments.get(0), search.result());
        replay = new EpisodeReplay(parameters.replay(), parameters.targets());
        selfPlay = new SelfPlay(environments, model, search, shape, CounterRandom.key(seed, PLAY), true, this::played);
        reanalysis = this.parameters.reanalysedPerStep() == 0
                ? null
                : new Reanalysis(replay, model, newSearch(rows), shape, Reanalysis.Order.BACKWARD, rows);
        int actions = model.spec().actionCount();
        List<Symmetry> symmetries = task.symmetries().isEmpty()
                ? List.of(Symmetry.identity(shape.observationSize(), Math.max(1, actions)))
                : task.symmetries();
        sampler = new UnrollSampler(
                replay, shape, actions, symmetries, task.learner().wantsFutures(), this.parameters.batch());
        progress.nextEvaluation = this.parameters.evaluateEvery();
        task.learner().publish();
    }

    private SearchPlanner newSearch(int rows) {
        SearchPlanner planner = task.search().make(task.model(), rows);
        planners.add(planner);
        return planner;
    }

    /** Takes another evaluation than playing episodes greedily, such as games against an opponent. */
    public SelfPlayLoop evaluateBy(Evaluator newEvaluator) {
        evaluator = newEvaluator;
        return this;
    }

    /**
     * Runs until a limit is reached or the loop is cancelled; returns the curve. A run that was cancelled, or read back from a checkpoint,
     * goes on where it was.
     */
    public List<CurvePoint> run() {
        while (!cancelled) {
            if (progress.steps >= progress.nextEvaluation && !evaluateInTime()) break;
            if (over()) break;
            round();
        }
        if (!cancelled && (curve().isEmpty() || curve().get(curve().size() - 1).environmentSteps() < progress.steps)) evaluateInTime();
        return curve();
    }

    /** Tells whether a limit is reached. */
    public boolean over() {
        return progress.steps >= parameters.environmentSteps() || progress.clock.wallSeconds() >= parameters.seconds();
    }

    /** Evaluates on schedule; returns false where that was cancelled, so that it is made up for when the run goes on. */
    private boolean evaluateInTime() {
        double[] returns = evaluator.evaluate(CounterRandom.key(CounterRandom.key(seed, EVALUATIONS), progress.steps));
        if (cancelled) return false;
        progress.nextEvaluation = (progress.steps / parameters.evaluateEvery() + 1) * parameters.evaluateEvery();
        note(returns);
        return true;
    }

    /** Plays once in every environment, learns what is due, and writes down what was played. */
    public void round() {
        progress.clock.begin();
        selfPlay.temperature(parameters.temperature(progress.steps));
        boolean again = reanalysis != null && replay.size() >= parameters.positionsBefore() && progress.reanalysesDue >= reanalysis.rows();
        ForkJoinTask<?> playing = pool == null ? null : pool.submit(() -> play(again));
        if (playing == null) play(again);
        try {
            learn();
        } finally {
            if (playing != null) playing.join();
        }
        write(again);
        progress.clock.end();
        listener.roundEnded(progress.steps, progress.clock.wallSeconds(), task.learner().steps());
    }

    private void play(boolean again) {
        long start = System.nanoTime();
        selfPlay.play();
        if (again && reanalysis != null) reanalysis.search(CounterRandom.key(CounterRandom.key(seed, REANALYSES), progress.reanalyses));
        progress.clock.played(System.nanoTime() - start, search.result().modelShare());
    }

    private void learn() {
        if (replay.size() < parameters.positionsBefore()) {
            progress.learnsDue = 0;
            return;
        }
        long start = System.nanoTime();
        UnrollLearner learner = task.learner();
        for (; progress.learnsDue >= 1; progress.learnsDue--) {
            long key = CounterRandom.key(CounterRandom.key(seed, BATCHES), learner.steps());
            LearnedStep learned = learner.learn(sampler.draw(learner, key));
            sampler.returnErrors();
            progress.lossSum += learned.loss();
            progress.lossCount++;
            listener.learned(learner.steps(), learned);
        }
        progress.clock.learned(System.nanoTime() - start);
    }

    private void write(boolean again) {
        if (again && reanalysis != null) {
            reanalysis.record();
            progress.reanalyses++;
            progress.reanalysesDue -= reanalysis.rows();
        }
        int made = selfPlay.record();
        progress.steps += made;
        progress.learnsDue += made * parameters.learnsPerStep();
        progress.reanalysesDue += made * parameters.reanalysedPerStep();
        task.learner().publish();
    }

    private void played(PlayedEpisode episode) {
        replay.offer(episode);
        if (!episode.complete()) return;
        progress.ended(episode.episodeReturn());
        listener.episodeEnded(episode);
    }

    /** Scores the agent and adds a point to the curve. */
    public CurvePoint evaluate() {
        return note(evaluator.evaluate(CounterRandom.key(CounterRandom.key(seed, EVALUATIONS), progress.steps)));
    }

    private CurvePoint note(double[] returns) {
        CurvePoint point = progress.point(returns, task.learner().steps());
        listener.evaluated(point);
        return point;
    }

    private double[] playGreedily(long evaluationSeed) {
        int count = parameters.evaluationEpisodes();
        List<Environment> environments = IntStream.range(0, count).<Environment>mapToObj(b -> task.environment().get()).toList();
        try (SearchPlanner planner = task.search().make(task.model(), count)) {
            StepShape shape = SelfPlay.shape(environments.get(0), planner.result());
            return new SelfPlay(environments, task.model(), planner, shape, evaluationSeed, false, episode -> {}).finishAll(() -> cancelled);
        }
    }

    /**
     * Ends the run after the round that is going on, which is finished, so that a run that is saved then and goes on later is the same as
     * one that was never ended. An evaluation is given up, and made up for. Safe from any thread.
     */
    public void cancel() {
        cancelled = true;
    }

    /** Tells whether the run was cancelled. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Returns the points of the curve so far. Allocates. */
    public List<CurvePoint> curve() {
        return List.copyOf(progress.curve);
    }

    /** Returns the environment steps so far. */
    public long steps() {
        return progress.steps;
    }

    /** Returns the time of playing and learning so far, evaluation not counted. */
    public double wallSeconds() {
        return progress.clock.wallSeconds();
    }

    /** Returns where the time went so far. Allocates. */
    public PhaseTimes times() {
        return progress.clock.times();
    }

    /** Returns the seed. */
    public long seed() {
        return seed;
    }

    /** Returns what is learned. */
    public SelfPlayTask task() {
        return task;
    }

    StepShape shape() {
        return shape;
    }

    LoopProgress progress() {
        return progress;
    }

    SelfPlay selfPlay() {
        return selfPlay;
    }

    @Nullable Reanalysis reanalysis() {
        return reanalysis;
    }

    /** Returns the replay. */
    public EpisodeReplay replay() {
        return replay;
    }

    /** Closes the searches. */
    @Override
    public void close() {
        planners.forEach(SearchPlanner::close);
    }
}
