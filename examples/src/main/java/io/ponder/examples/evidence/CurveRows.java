package io.ponder.examples.evidence;

import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.engine.train.selfplay.SelfPlayTask;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.training.TrainingEnvironment;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingPresets;
import io.ponder.examples.training.TrainingSettings;
import io.ponder.examples.training.TrainingTask;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipe;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Promises how fast agents learn. The details of a measurement are its whole learning curve. */
final class CurveRows {
    private static final int CARTPOLE_STEPS = 20_000;
    private static final double CARTPOLE_BAR = 475;
    private static final double CARTPOLE_SECONDS = 120;
    private static final String CARTPOLE = "CartPole-v1";
    private static final String CARTPOLE_RUN = "steps=" + CARTPOLE_STEPS + " evaluateEvery=1000 evaluationEpisodes=20";
    private static final String FEW = "simulations=5 leastRange=5 learnsPerStep=1 reanalysedPerStep=1";
    private static final String PENDULUM = "Pendulum-v1";
    private static final int PENDULUM_STEPS = 30_000;
    private static final double PENDULUM_BAR = -250;
    private static final String TILES = "2048-3x3";
    private static final String SECONDS = "secondsUntilBar";

    private final ResultRows rows;

    private CurveRows(ResultRows rows) {
        this.rows = rows;
    }

    /** Adds the rows. */
    static void addTo(ResultRows rows) {
        var adder = new CurveRows(rows);
        adder.addCartPole(TrainingMethod.MUZERO);
        adder.addCartPole(TrainingMethod.GUMBEL);
        adder.addFewSimulations();
        adder.addPendulum();
        adder.addChance();
    }

    /** Returns a preset with some options changed, {@code name=value} each, the last one of a name counting. */
    static TrainingSettings preset(TrainingMethod method, String environment, String changes) {
        TrainingSettings settings = TrainingPresets.settings(method, TrainingEnvironment.of(environment));
        if (changes.isEmpty()) return settings;
        for (String change : changes.strip().split("\\s+", -1)) {
            int equals = change.indexOf('=');
            settings = settings.with(TrainingOption.of(change.substring(0, equals)), change.substring(equals + 1));
        }
        return settings;
    }

    private void addCartPole(TrainingMethod method) {
        TrainingSettings settings = preset(method, CARTPOLE, CARTPOLE_RUN);
        rows.add("cartpole-" + method.label(),
                ">= 475 in 20 000 steps, 2 minutes (median)",
                "steps",
                "environment steps until the mean of 20 greedy episodes is at least " + CARTPOLE_BAR + ", " + 2 * CARTPOLE_STEPS
                        + " where that was not so within " + CARTPOLE_STEPS + "; evaluation every 1000 steps, time without it, playing and"
                        + " learning on two threads; " + method.label() + ", " + settings,
                (seed, cancel) -> untilBar(learn(task(method, CARTPOLE, settings, seed), cancel), CARTPOLE_BAR, CARTPOLE_STEPS),
                found -> median(found, Measurement::value) <= CARTPOLE_STEPS && median(found, m -> number(m, SECONDS)) <= CARTPOLE_SECONDS);
    }

    /** Gumbel's search is made for few simulations: what it reaches, and what the published rules of MuZero do on the same seeds. */
    private void addFewSimulations() {
        TrainingSettings full = preset(TrainingMethod.GUMBEL, CARTPOLE, CARTPOLE_RUN + " " + FEW);
        rows.add("cartpole-gumbel-5",
                "5 simulations: >= 475 in 20 000 (median)",
                "steps",
                "environment steps until the mean of 20 greedy episodes is at least " + CARTPOLE_BAR + ", " + 2 * CARTPOLE_STEPS
                        + " where that was not so within " + CARTPOLE_STEPS + "; evaluation every 1000 steps; gumbel, " + full,
                (seed, cancel) -> untilBar(learn(task(TrainingMethod.GUMBEL, CARTPOLE, full, seed), cancel), CARTPOLE_BAR, CARTPOLE_STEPS),
                found -> median(found, Measurement::value) <= CARTPOLE_STEPS);
        TrainingSettings half = preset(TrainingMethod.GUMBEL, CARTPOLE, CARTPOLE_RUN + " steps=10000 " + FEW);
        rows.add("cartpole-gumbel-5-ahead",
                "5 simulations: gumbel - plain > 0 (mean)",
                "return",
                "difference of the mean returns over all evaluations of 10000 steps, one every 1000; gumbel against muzero with the published"
                        + " rules of its search, " + half,
                (seed, cancel) -> difference(
                        cancel, task(TrainingMethod.GUMBEL, CARTPOLE, half, seed),
                        plain(task(TrainingMethod.MUZERO, CARTPOLE, half, seed))),
                found -> ResultRows.mean(found) > 0);
    }

    /** Returns a task searched by the published rules, which scale values among siblings, instead of those of the preset. */
    private static TrainingTask plain(TrainingTask task) {
        SearchRecipe recipe = SearchRecipes.muzero().withSimulations(task.settings().integer(TrainingOption.SIMULATIONS));
        SelfPlayTask own = task.selfPlay();
        var plain = new SelfPlayTask(
                own.environment(), own.model(), (model, rows) -> new TreeSearch(model, recipe, SearchExecution.rows(rows)), own.learner(),
                own.symmetries());
        return new TrainingTask(task.method(), task.environment(), task.settings(), task.seed(), plain, recipe, task.network());
    }

    private void addPendulum() {
        TrainingSettings settings = preset(
                TrainingMethod.SAMPLED, PENDULUM, "steps=" + PENDULUM_STEPS + " evaluateEvery=3000 evaluationEpisodes=20");
        rows.add("pendulum-sampled",
                ">= -250 in 30 000 steps (median)",
                "steps",
                "environment steps until the mean of 20 greedy episodes is at least " + PENDULUM_BAR + ", " + 2 * PENDULUM_STEPS
                        + " where that was not so within " + PENDULUM_STEPS + "; evaluation every 3000 steps; sampled, " + settings,
                (seed, cancel) -> untilBar(
                        learn(task(TrainingMethod.SAMPLED, PENDULUM, settings, seed), cancel), PENDULUM_BAR, PENDULUM_STEPS),
                found -> median(found, Measurement::value) <= PENDULUM_STEPS);
    }

    /** What a model gains that knows that tiles come by chance. */
    private void addChance() {
        TrainingSettings stochastic = preset(TrainingMethod.STOCHASTIC, TILES, "");
        TrainingSettings muzero = preset(TrainingMethod.MUZERO, TILES, "");
        rows.add("2048-stochastic",
                "stochastic - muzero > 0 (mean)",
                "score",
                "difference of the mean scores over all evaluations on a board of 3 x 3; stochastic, " + stochastic + "; muzero, " + muzero,
                (seed, cancel) -> difference(
                        cancel, task(TrainingMethod.STOCHASTIC, TILES, stochastic, seed), task(TrainingMethod.MUZERO, TILES, muzero, seed)),
                found -> ResultRows.mean(found) > 0);
    }

    /** Trains two tasks on the same seed, and returns by how much the first is ahead over its whole curve; null where it was cancelled. */
    private static ResultRow.@Nullable Measured difference(Cancellation cancel, TrainingTask first, TrainingTask second) {
        List<CurvePoint> one = learn(first, cancel);
        List<CurvePoint> other = one == null ? null : learn(second, cancel);
        if (one == null || other == null) return null;
        Map<String, double[]> details = new LinkedHashMap<>();
        details.put("environmentSteps", column(one, CurvePoint::environmentSteps));
        details.put("firstReturns", column(one, CurvePoint::evaluationReturnMean));
        details.put("secondReturns", column(other, CurvePoint::evaluationReturnMean));
        return new ResultRow.Measured(meanReturn(one) - meanReturn(other), details);
    }

    private static double meanReturn(List<CurvePoint> curve) {
        return Arrays.stream(column(curve, CurvePoint::evaluationReturnMean)).average().orElse(Double.NaN);
    }

    static TrainingTask task(TrainingMethod method, String environment, TrainingSettings settings, long seed) {
        return TrainingTask.of(method, TrainingEnvironment.of(environment), settings, seed);
    }

    /** Trains with the evaluation of the task itself. */
    private static @Nullable List<CurvePoint> learn(TrainingTask task, Cancellation cancel) {
        return learn(task, Double.POSITIVE_INFINITY, null, cancel);
    }

    /**
     * Trains, on two threads where the machine has them.
     *
     * @param evaluator null for greedy episodes
     * @return the curve, or null where it was cancelled
     */
    static @Nullable List<CurvePoint> learn(
            TrainingTask task, double seconds, SelfPlayLoop.@Nullable Evaluator evaluator, Cancellation cancel) {
        var pool = Runtime.getRuntime().availableProcessors() > 1 ? new ForkJoinPool(1) : null;
        try (var loop = new SelfPlayLoop(task.selfPlay(), task.parameters(seconds), task.seed(), SelfPlayListener.NONE, pool)) {
            if (evaluator != null) loop.evaluateBy(evaluator);
            Runnable stop = loop::cancel;
            cancel.onRequest(stop);
            loop.run();
            cancel.remove(stop);
            return cancel.requested() ? null : loop.curve();
        } finally {
            if (pool != null) pool.shutdown();
        }
    }

    /**
     * Returns the environment steps until the mean return of an evaluation is at least {@code bar}, twice the run where it never is; null for a
     * curve that was cancelled.
     */
    static ResultRow.@Nullable Measured untilBar(@Nullable List<CurvePoint> curve, double bar, long steps) {
        if (curve == null) return null;
        CurvePoint first = curve.stream().filter(point -> point.evaluationReturnMean() >= bar).findFirst().orElse(null);
        Map<String, double[]> details = details(curve);
        double never = 2 * curve.get(curve.size() - 1).wallSeconds();
        details.put(SECONDS, new double[] {first == null ? never : first.wallSeconds()});
        return new ResultRow.Measured(first == null ? 2 * steps : first.environmentSteps(), details);
    }

    /** Returns a curve as it is kept: a list of numbers for every column. */
    static Map<String, double[]> details(List<CurvePoint> curve) {
        Map<String, double[]> details = new LinkedHashMap<>();
        details.put("environmentSteps", column(curve, CurvePoint::environmentSteps));
        details.put("wallSeconds", column(curve, CurvePoint::wallSeconds));
        details.put("learnerSteps", column(curve, CurvePoint::learnerSteps));
        details.put("evaluationReturnMean", column(curve, CurvePoint::evaluationReturnMean));
        details.put("evaluationReturnMin", column(curve, CurvePoint::evaluationReturnMin));
        details.put("evaluationReturnMax", column(curve, CurvePoint::evaluationReturnMax));
        return details;
    }

    private static double[] column(List<CurvePoint> curve, ToDoubleFunction<CurvePoint> number) {
        return curve.stream().mapToDouble(number).toArray();
    }

    /** Returns the median over the seeds, NaN where there is none. */
    static double median(List<Measurement> found, ToDoubleFunction<Measurement> number) {
        double[] sorted = found.stream().mapToDouble(number).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** Returns the first number of a detail; 0 where it was not measured. */
    private static double number(Measurement measurement, String name) {
        double[] numbers = measurement.details().getOrDefault(name, new double[0]);
        return numbers.length == 0 ? 0 : numbers[0];
    }
}
