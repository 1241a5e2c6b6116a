package io.ponder.examples.evidence;

import io.ponder.engine.env.Environment;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.CollectParameters;
import io.ponder.engine.train.EpisodeRecord;
import io.ponder.engine.train.Evaluation;
import io.ponder.engine.train.EvaluationReport;
import io.ponder.engine.train.FitParameters;
import io.ponder.engine.train.RandomPolicy;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.LearningRun;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.PlannerSizes;
import io.ponder.examples.comparison.Setup;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Lists the promised results. Every score is over the same ten starts, so that methods are paired start by start. */
final class Rows {
    private static final int STARTS = 10;
    /** Key of the starts that planners are scored from, the same for every seed; no learning run begins there. */
    private static final long SCORE_STARTS = 77;

    private static final Task PENDULUM = Tasks.find("Pendulum-v1");
    private static final Task SWING_UP = Tasks.find("cartpole-swingup");
    private static final Task BALANCE = Tasks.find("cartpole-continuous");

    private static final Setup PENDULUM_SETUP = Setup.of(PENDULUM, false);
    private static final Setup SWING_UP_SETUP = Setup.of(SWING_UP, false);
    private static final Setup BALANCE_SETUP = new Setup(
            new PlannerSizes(25, 3, 60, 5),
            EnsembleParameters.small().withMembers(5).withSize(2, 32).withLearningRate(3e-3),
            FitParameters.defaults().withHoldOut(0, 0, false).withMaximumEpochs(20).withSteps(400, 500));
    private static final PlannerSizes TRUTH = new PlannerSizes(20, 10, 400, 1);
    /** With a good value of what follows, a short look ahead is best: there is little to search. */
    private static final PlannerSizes TRUTH_WITH_VALUE = new PlannerSizes(4, 4, 100, 1);
    private static final PlannerSizes PETS = new PlannerSizes(25, 5, 400, 1);

    private final StoredGrid grid;
    private final List<ResultRow> rows = new ArrayList<>();

    private Rows(Path folder) {
        grid = new StoredGrid(folder);
        for (String planner : List.of("cem", "icem", "mppi")) addPendulum(planner);
        for (String planner : List.of("cem", "icem", "mppi")) addTruth(planner, false);
        for (String planner : List.of("cem", "icem", "mppi")) addTruth(planner, true);
        addSwingUpTruth();
        for (String planner : List.of("cem", "icem")) addSwingUp(planner);
        addHeadToHead();
        addSingleNet();
        addUntrained();
    }

    /** Returns all rows; what they compute once is kept in {@code folder}. */
    static List<ResultRow> all(Path folder) {
        return List.copyOf(new Rows(folder).rows);
    }

    private void addPendulum(String planner) {
        rows.add(new ResultRow(
                "pendulum-" + planner,
                "learned within 10 % of true after 2000 steps",
                "%",
                "10 episodes of 200 steps; " + text(PENDULUM_SETUP),
                (seed, cancel) -> learnedAgainstTrue(PENDULUM, PENDULUM_SETUP, planner, seed, cancel, true),
                found -> mean(found, Measurement::value) <= 10));
    }

    private void addSwingUp(String planner) {
        rows.add(new ResultRow(
                "swingup-" + planner,
                "learned in 10 episodes >= 90 % of true",
                "%",
                "10 episodes of 200 steps; " + text(SWING_UP_SETUP),
                (seed, cancel) -> learnedAgainstTrue(SWING_UP, SWING_UP_SETUP, planner, seed, cancel, false),
                found -> mean(found, Measurement::value) >= 90));
    }

    /** Learns for ten episodes, then scores the planner with the learned and with the true model from the same starts. */
    private static ResultRow.@Nullable Measured learnedAgainstTrue(
            Task task, Setup setup, String planner, long seed, Cancellation cancel, boolean percentWorse) {
        try (var run = new LearningRun(task, setup, planner, CollectParameters.episodes(10), seed)) {
            List<EpisodeRecord> episodes = run.learn(cancel, record -> {});
            EvaluationReport learned = run.score(starts(), cancel);
            EvaluationReport truth = onTrueModel(task, setup.onTrueModel(), planner, null, seed, cancel);
            if (cancel.requested()) return null;
            double ratio = learned.meanReturn() / truth.meanReturn();
            Map<String, double[]> details = new LinkedHashMap<>();
            details.put("learningReturns", episodes.stream().mapToDouble(EpisodeRecord::episodeReturn).toArray());
            details.put("learnedReturns", learned.returns());
            details.put("trueReturns", truth.returns());
            return new ResultRow.Measured(percentWorse ? 100 * (ratio - 1) : 100 * ratio, details);
        }
    }

    private void addTruth(String planner, boolean withValue) {
        PlannerSizes sizes = withValue ? TRUTH_WITH_VALUE : TRUTH;
        double limit = withValue ? 2 : 5;
        rows.add(new ResultRow(
                "truth-" + planner + (withValue ? "-value" : ""),
                "true model" + (withValue ? " + value" : "") + " within " + (int) limit + " % of grid DP",
                "%",
                "starts paired with grids of " + StoredGrid.POINTS + " and twice as many points; " + sizes,
                (seed, cancel) -> againstGrid(planner, sizes, withValue, seed, cancel),
                found -> mean(found, Measurement::value) <= limit));
    }

    private ResultRow.@Nullable Measured againstGrid(
            String planner, PlannerSizes sizes, boolean withValue, long seed, Cancellation cancel) throws Exception {
        PendulumGrid value = grid.extrapolated();
        Environment environment = PENDULUM.environment().get();
        double[] best = new double[STARTS];
        long[] starts = starts();
        for (int i = 0; i < STARTS; i++) {
            float[] observation = environment.reset(starts[i]).observation();
            best[i] = value.value(Math.atan2(observation[1], observation[0]), observation[2]);
        }
        EvaluationReport truth =
                onTrueModel(PENDULUM, sizes, planner, withValue ? new PendulumGridValue(grid.fine()) : null, seed, cancel);
        if (cancel.requested()) return null;
        double mean = Arrays.stream(best).average().orElseThrow();
        return new ResultRow.Measured(
                100 * (truth.meanReturn() / mean - 1), Map.of("trueReturns", truth.returns(), "gridValues", best));
    }

    private void addSwingUpTruth() {
        rows.add(new ResultRow(
                "swingup-true-cem",
                "CEM on the true model >= 170 of 200",
                "return",
                PETS.toString(),
                (seed, cancel) -> {
                    EvaluationReport truth = onTrueModel(SWING_UP, PETS, "cem", null, seed, cancel);
                    return cancel.requested()
                            ? null : new ResultRow.Measured(truth.meanReturn(), Map.of("trueReturns", truth.returns()));
                },
                found -> mean(found, Measurement::value) >= 170));
    }

    private void addHeadToHead() {
        rows.add(new ResultRow(
                "cartpole-head-to-head",
                "full episode begins within 300 steps, <= 40 s",
                "steps",
                "200 random steps, at most 500 further ones, a fit every 40; " + text(BALANCE_SETUP),
                Rows::headToHead,
                found -> found.stream().filter(m -> m.value() <= 300 && m.seconds() <= 40).count() >= 0.8 * found.size()));
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

    /** The control of the ensemble: one deterministic net on the same seeds must be worse in the first planned episodes. */
    private void addSingleNet() {
        Setup single = new Setup(
                PENDULUM_SETUP.onTrueModel(), EnsembleParameters.deterministic(2, 64).withLearningRate(3e-3), PENDULUM_SETUP.fit());
        rows.add(new ResultRow(
                "control-single-net",
                "ensemble - single net > 0 in episodes 2-4",
                "return",
                text(PENDULUM_SETUP) + " against " + text(single),
                (seed, cancel) -> {
                    double[] ensemble = firstEpisodes(PENDULUM_SETUP, seed, cancel);
                    double[] alone = firstEpisodes(single, seed, cancel);
                    if (cancel.requested()) return null;
                    double difference = Arrays.stream(ensemble).average().orElseThrow() - Arrays.stream(alone).average().orElseThrow();
                    return new ResultRow.Measured(difference, Map.of("ensembleReturns", ensemble, "singleReturns", alone));
                },
                found -> mean(found, Measurement::value) > 0));
    }

    private static double[] firstEpisodes(Setup setup, long seed, Cancellation cancel) {
        try (var run = new LearningRun(PENDULUM, setup, "cem", CollectParameters.episodes(4), seed)) {
            return run.learn(cancel, record -> {}).stream().skip(1).mapToDouble(EpisodeRecord::episodeReturn).toArray();
        }
    }

    /** The control of learning: a model that was never fitted must not help. */
    private void addUntrained() {
        rows.add(new ResultRow(
                "control-untrained",
                "untrained model <= 10 % of the way to true",
                "%",
                text(PENDULUM_SETUP),
                (seed, cancel) -> {
                    try (var run = new LearningRun(PENDULUM, PENDULUM_SETUP, "cem", CollectParameters.episodes(1), seed)) {
                        EvaluationReport untrained = run.score(starts(), cancel);
                        EvaluationReport truth = onTrueModel(PENDULUM, PENDULUM_SETUP.onTrueModel(), "cem", null, seed, cancel);
                        Environment environment = PENDULUM.environment().get();
                        EvaluationReport random = Evaluation.fromSeeds(environment, starts())
                                .score(new RandomPolicy(environment.actionSpace()), seed);
                        if (cancel.requested()) return null;
                        double way = (untrained.meanReturn() - random.meanReturn()) / (truth.meanReturn() - random.meanReturn());
                        return new ResultRow.Measured(
                                100 * way, Map.of("untrainedReturns", untrained.returns(), "randomReturns", random.returns()));
                    }
                },
                found -> mean(found, Measurement::value) <= 10));
    }

    private static EvaluationReport onTrueModel(
            Task task, PlannerSizes sizes, String name, @Nullable PendulumGridValue terminal, long seed, Cancellation cancel) {
        WorldModel model = task.exact().model();
        Problem problem = task.problem(model).withTerminalValue(terminal);
        try (Planner planner = PlannerRecipes.create(name, problem, sizes)) {
            var evaluation = Evaluation.fromSeeds(task.environment().get(), starts());
            Runnable stop = evaluation::cancel;
            cancel.onRequest(stop);
            EvaluationReport report = evaluation.score(planner, model, Budget.UNLIMITED, seed);
            cancel.remove(stop);
            return report;
        }
    }

    private static long[] starts() {
        long[] starts = new long[STARTS];
        for (int i = 0; i < STARTS; i++) starts[i] = CounterRandom.key(SCORE_STARTS, i);
        return starts;
    }

    private static double mean(List<Measurement> found, ToDoubleFunction<Measurement> value) {
        return found.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static String text(Setup setup) {
        return setup.planner() + ", " + setup.ensemble() + ", " + setup.fit();
    }
}
