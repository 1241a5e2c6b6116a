package io.ponder.examples.evidence;

import io.ponder.engine.env.Environment;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.CollectParameters;
import io.ponder.engine.train.Evaluation;
import io.ponder.engine.train.EvaluationReport;
import io.ponder.engine.train.RandomPolicy;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.LearningRun;
import io.ponder.examples.comparison.Setup;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Promises what must fail: without the ensemble, and without learning. */
final class ControlRows {
    private static final Task PENDULUM = Tasks.find("Pendulum-v1");

    private static final Setup PENDULUM_SETUP = Setup.of(PENDULUM, false);

    private static final int RANDOM_STEPS = 200;
    private static final int FIRST_EPISODES = 3;
    /** Runs of a seed: one alone says little, because an episode is nearly always either full or short. */
    private static final int RUNS = 8;

    private final ResultRows rows;

    private ControlRows(ResultRows rows) {
        this.rows = rows;
    }

    /** Adds the rows. */
    static void addTo(ResultRows rows) {
        var adder = new ControlRows(rows);
        adder.addSingleNet();
        adder.addUntrained();
    }

    /**
     * The control of the ensemble: one deterministic net in its place, on the same runs, must be worse in the first planned episodes.
     * On the pendulum and the swing-up it is not (measured, ten runs each); there a wrong model costs time, here it ends the episode.
     */
    private void addSingleNet() {
        Setup ensemble = LearnedRows.BALANCE_SETUP;
        Setup single = new Setup(
                ensemble.onTrueModel(), EnsembleParameters.deterministic(2, 32).withLearningRate(3e-3), ensemble.fit());
        rows.add("control-single-net",
                "ensemble - single net > 0 in first 3 episodes",
                "steps",
                "cart-pole as in the head to head, " + RANDOM_STEPS + " random steps, mean length of the first " + FIRST_EPISODES
                        + " planned episodes of " + RUNS + " runs; " + ResultRows.text(ensemble) + " against " + ResultRows.text(single),
                (seed, cancel) -> {
                    double[] together = firstEpisodes(ensemble, seed, cancel);
                    double[] alone = firstEpisodes(single, seed, cancel);
                    if (cancel.requested()) return null;
                    double difference = Arrays.stream(together).average().orElseThrow() - Arrays.stream(alone).average().orElseThrow();
                    return new ResultRow.Measured(difference, Map.of("ensembleSteps", together, "singleSteps", alone));
                },
                found -> ResultRows.mean(found) > 0);
    }

    /** Returns the mean length of the first planned episodes of every run. */
    private static double[] firstEpisodes(Setup setup, long seed, Cancellation cancel) {
        var parameters = CollectParameters.episodes(10_000).withRandom(0, RANDOM_STEPS).withFitEvery(40);
        double[] means = new double[RUNS];
        for (int i = 0; i < RUNS && !cancel.requested(); i++) {
            var enough = new Cancellation();
            Runnable stop = enough::request;
            cancel.onRequest(stop);
            List<Integer> lengths = new ArrayList<>();
            try (var run = new LearningRun(LearnedRows.BALANCE, setup, "icem", parameters, CounterRandom.key(seed, i))) {
                run.learn(enough, record -> {
                    if (record.planned()) lengths.add(record.steps());
                    if (lengths.size() == FIRST_EPISODES) enough.request();
                });
            } finally {
                cancel.remove(stop);
            }
            means[i] = lengths.stream().mapToInt(Integer::intValue).average().orElse(0);
        }
        return means;
    }

    /** The control of learning: a model that was never fitted must not help. */
    private void addUntrained() {
        rows.add("control-untrained",
                "untrained model <= 10 % of the way to true",
                "%",
                ResultRows.text(PENDULUM_SETUP),
                (seed, cancel) -> {
                    try (var run = new LearningRun(PENDULUM, PENDULUM_SETUP, "cem", CollectParameters.episodes(1), seed)) {
                        EvaluationReport untrained = run.score(rows.starts().seeds(), cancel);
                        EvaluationReport truth = rows.onTrueModel(PENDULUM, PENDULUM_SETUP.onTrueModel(), "cem", seed, cancel);
                        Environment environment = PENDULUM.environment().get();
                        EvaluationReport random = Evaluation.fromSeeds(environment, rows.starts().seeds())
                                .score(new RandomPolicy(environment.actionSpace()), seed);
                        if (cancel.requested()) return null;
                        double way = (untrained.meanReturn() - random.meanReturn()) / (truth.meanReturn() - random.meanReturn());
                        return new ResultRow.Measured(
                                100 * way, Map.of("untrainedReturns", untrained.returns(), "randomReturns", random.returns()));
                    }
                },
                found -> ResultRows.mean(found) <= 10);
    }
}
