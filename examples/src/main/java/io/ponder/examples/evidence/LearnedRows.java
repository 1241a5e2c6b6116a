package io.ponder.examples.evidence;

import io.ponder.engine.train.CollectParameters;
import io.ponder.engine.train.EpisodeRecord;
import io.ponder.engine.train.EvaluationReport;
import io.ponder.engine.train.FitParameters;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.LearningRun;
import io.ponder.examples.comparison.PlannerSizes;
import io.ponder.examples.comparison.Setup;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Promises what planners reach with models that they learn while they plan. */
final class LearnedRows {
    private static final Task PENDULUM = Tasks.find("Pendulum-v1");
    private static final Task SWING_UP = Tasks.find("cartpole-swingup");
    static final Task BALANCE = Tasks.find("cartpole-continuous");

    private static final Setup PENDULUM_SETUP = Setup.of(PENDULUM, false);
    private static final Setup SWING_UP_SETUP = Setup.of(SWING_UP, false);
    static final Setup BALANCE_SETUP = new Setup(
            new PlannerSizes(25, 3, 60, 5),
            EnsembleParameters.small().withMembers(5).withSize(2, 32).withLearningRate(3e-3),
            FitParameters.defaults().withHoldOut(0, 0, false).withMaximumEpochs(20).withSteps(400, 500));

    private final ResultRows rows;

    private LearnedRows(ResultRows rows) {
        this.rows = rows;
    }

    /** Adds the rows. */
    static void addTo(ResultRows rows) {
        var adder = new LearnedRows(rows);
        for (String planner : List.of("cem", "icem", "mppi")) adder.addPendulum(planner);
        for (String planner : List.of("cem", "icem")) adder.addSwingUp(planner);
        adder.addHeadToHead();
    }

    private void addPendulum(String planner) {
        rows.add("pendulum-" + planner,
                "learned within 10 % of true after 2000 steps",
                "%",
                "10 episodes of 200 steps; " + ResultRows.text(PENDULUM_SETUP),
                (seed, cancel) -> learnedAgainstTrue(PENDULUM, PENDULUM_SETUP, planner, seed, cancel, true),
                found -> ResultRows.mean(found) <= 10);
    }

    private void addSwingUp(String planner) {
        rows.add("swingup-" + planner,
                "learned in 10 episodes >= 90 % of true",
                "%",
                "10 episodes of 200 steps; " + ResultRows.text(SWING_UP_SETUP),
                (seed, cancel) -> learnedAgainstTrue(SWING_UP, SWING_UP_SETUP, planner, seed, cancel, false),
                found -> ResultRows.mean(found) >= 90);
    }

    /** Learns for ten episodes, then scores the planner with the learned and with the true model from the same starts. */
    private ResultRow.@Nullable Measured learnedAgainstTrue(
            Task task, Setup setup, String planner, long seed, Cancellation cancel, boolean percentWorse) {
        try (var run = new LearningRun(task, setup, planner, CollectParameters.episodes(10), seed)) {
            List<EpisodeRecord> episodes = run.learn(cancel, record -> {});
            EvaluationReport learned = run.score(rows.starts().seeds(), cancel);
            EvaluationReport truth = rows.onTrueModel(task, setup.onTrueModel(), planner, seed, cancel);
            if (cancel.requested()) return null;
            double ratio = learned.meanReturn() / truth.meanReturn();
            Map<String, double[]> details = new LinkedHashMap<>();
            details.put("learningReturns", episodes.stream().mapToDouble(EpisodeRecord::episodeReturn).toArray());
            details.put("learnedReturns", learned.returns());
            details.put("trueReturns", truth.returns());
            return new ResultRow.Measured(percentWorse ? 100 * (ratio - 1) : 100 * ratio, details);
        }
    }

    private void addHeadToHead() {
        rows.add("cartpole-head-to-head",
                "full episode begins within 300 steps, <= 40 s",
                "steps",
                "200 random steps, at most 500 further ones, a fit every 40; " + ResultRows.text(BALANCE_SETUP),
                LearnedRows::headToHead,
                found -> found.stream().filter(m -> m.value() <= 300 && m.seconds() <= 40).count() >= 0.8 * found.size());
    }

    /** Returns after how many steps beyond the random ones the first full episode began; 500 where none did. */
    private static ResultRow.@Nullable Measured headToHead(long seed, Cancellation cancel) {
        int random = 200;
        int further = 500;
        var parameters = CollectParameters.episodes(10_000).withRandom(0, random).withFitEvery(40).withMaximumSteps(random + further);
        double[] begun = {Double.NaN};
        try (var run = new LearningRun(BALANCE, BALANCE_SETUP, "icem", parameters, seed)) {
            var stop = new Cancellation();
            cancel.onRequest(stop::request);
            List<EpisodeRecord> episodes = run.learn(stop, record -> {
                if (record.steps() < 200 || !record.planned()) return;
                begun[0] = record.totalSteps() - record.steps() - random;
                stop.request();
            });
            if (cancel.requested()) return null;
            return new ResultRow.Measured(
                    Double.isNaN(begun[0]) ? further : begun[0],
                    Map.of("episodeSteps", episodes.stream().mapToDouble(EpisodeRecord::steps).toArray()));
        }
    }
}
