package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns a model while acting with it: random episodes first, then a fit on everything so far and an episode of planning with the
 * fitted model, again and again (Chua et al. 2018, algorithm 1).
 *
 * <p>Everything is keyed by one seed: the starts of the episodes (the same for every planner), the planner's random numbers and
 * the fits. So the same seed gives the same run, on any number of threads, as long as no budget is wall-clock time.
 *
 * <p>One thread runs the loop; {@link #cancel} may be called from any other.
 */
public final class CollectFitPlanLoop {
    /** Streams of the seed. Starts and random actions must not depend on what plans, so that comparisons are paired. */
    private static final long STARTS = 1;
    private static final long RANDOM_ACTIONS = 2;
    private static final long DECISIONS = 3;
    private static final long FITS = 4;

    private final Environment environment;
    private final EnsembleLearner learner;
    private final TransitionStore store;
    private final CollectParameters parameters;
    private final TrainingListener listener;
    private final long seed;
    private final FitLoop fitLoop;
    private final PlannerPolicy planning;
    private final RandomPolicy random;
    private final EpisodeMeter meter = new EpisodeMeter();
    private final float[] observation;
    private final float[] action;
    private final List<EpisodeRecord> episodes = new ArrayList<>();
    private final List<FitReport> fits = new ArrayList<>();
    private int begun;
    private long steps;
    private long reported;
    private long fittedRows;
    private volatile boolean cancelled;

    /**
     * Creates a loop.
     *
     * @param environment where to act; its seed is set by the loop
     * @param planner     built for one row over {@code model}
     * @param model       the model chain that the planner plans with; what the learner learns must show in it
     * @param learner     what is fitted
     * @param store       receives the transitions; rows that it holds already are fitted too
     * @param parameters  how to collect
     * @param fit         how to fit
     * @param seed        decides all random numbers
     * @param listener    hears what happens
     * @throws IllegalArgumentException if the shapes of environment, model and store differ
     */
    public CollectFitPlanLoop(
            Environment environment,
            Planner planner,
            WorldModel model,
            EnsembleLearner learner,
            TransitionStore store,
            CollectParameters parameters,
            FitParameters fit,
            long seed,
            TrainingListener listener) {
        this.environment = environment;
        this.learner = learner;
        this.store = store;
        this.parameters = parameters;
        this.listener = listener;
        this.seed = seed;
        int observationSize = environment.observationSpace().size();
        int actionSize = environment.actionSpace().size();
        Checks.same("observationSize of the model", model.spec().observationSize(), "that of the environment", observationSize);
        Checks.same("actionSize of the model", model.spec().actionSize(), "that of the environment", actionSize);
        Checks.same("observationSize of the store", store.observationSize(), "that of the environment", observationSize);
        Checks.same("actionSize of the store", store.actionSize(), "that of the environment", actionSize);
        fitLoop = new FitLoop(fit, CounterRandom.key(seed, FITS), listener);
        planning = new PlannerPolicy(planner, model, parameters.budget(), parameters.explore(), parameters.actionRepeat());
        random = new RandomPolicy(environment.actionSpace());
        observation = new float[observationSize];
        action = new float[actionSize];
    }

    /** Returns the seed that starts episode {@code episode}, from 1, of a run: with it others start from the same states. */
    public static long startSeed(long seed, int episode) {
        return CounterRandom.key(CounterRandom.key(seed, STARTS), episode - 1L);
    }

    /** Runs episodes until the limits are reached or the loop is cancelled. Returns the finished episodes. */
    public List<EpisodeRecord> run() {
        while (runEpisode() != null) {}
        return episodes();
    }

    /**
     * Fits if there is something new to fit (and random acting is over), then runs one episode.
     *
     * @return the episode, or null where the limits are reached or the loop was cancelled
     */
    public @Nullable EpisodeRecord runEpisode() {
        if (cancelled || begun >= parameters.episodes() || steps >= parameters.maximumSteps()) return null;
        boolean planned = begun >= parameters.randomEpisodes() && steps >= parameters.randomSteps();
        if (planned && store.added() > fittedRows) fit();
        if (cancelled) return null;
        long limit = planned || begun < parameters.randomEpisodes()
                ? parameters.maximumSteps()
                : Math.min(parameters.maximumSteps(), parameters.randomSteps());
        Policy policy = planned ? planning : random;
        policy.beginEpisode(CounterRandom.key(CounterRandom.key(seed, planned ? DECISIONS : RANDOM_ACTIONS), begun));
        StepResult result = environment.reset(startSeed(seed, begun + 1));
        begun++;
        meter.begin();
        boolean done = false;
        while (!done && steps < limit && !cancelled) {
            if (planned && fitIsDue()) fit();
            if (cancelled) break;
            result = step(result, policy);
            done = result.done();
        }
        store.beginEpisode();
        reportCollected();
        if (cancelled && !done) return null;
        EpisodeRecord record = meter.record(begun, result.terminated(), result.truncated(), steps);
        episodes.add(record);
        listener.episodeEnded(record);
        return record;
    }

    private StepResult step(StepResult before, Policy policy) {
        System.arraycopy(before.observation(), 0, observation, 0, observation.length);
        meter.act(policy, observation, action);
        StepResult after = environment.step(action);
        store.add(observation, action, after.reward(), after.observation(), after.terminated(), after.truncated());
        meter.earn(after.reward());
        steps++;
        return after;
    }

    private boolean fitIsDue() {
        return parameters.fitEverySteps() > 0 && store.added() - fittedRows >= parameters.fitEverySteps();
    }

    private void fit() {
        reportCollected();
        fittedRows = store.added();
        fits.add(fitLoop.fit(learner, store));
    }

    private void reportCollected() {
        if (steps == reported) return;
        listener.collected(new Collected(steps, (int) (steps - reported), begun));
        reported = steps;
    }

    /**
     * Ends the run as soon as possible: a running plan or fit answers with its best so far, the transitions collected so far stay in
     * the store, the unfinished episode is not recorded. Safe from any thread.
     */
    public void cancel() {
        cancelled = true;
        fitLoop.cancel();
        planning.cancel();
    }

    /** Tells whether the loop was cancelled. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Returns the finished episodes, in order. */
    public List<EpisodeRecord> episodes() {
        return List.copyOf(episodes);
    }

    /** Returns the fits, in order. */
    public List<FitReport> fits() {
        return List.copyOf(fits);
    }

    /** Returns the environment steps so far. */
    public long steps() {
        return steps;
    }
}
