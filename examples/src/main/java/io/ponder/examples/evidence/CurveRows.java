package io.ponder.examples.evidence;

import io.ponder.engine.game.Game;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.examples.arena.GameEvaluation;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.training.TrainingEnvironment;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingPresets;
import io.ponder.examples.training.TrainingSettings;
import io.ponder.examples.training.TrainingTask;
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
    private static final int FEW_SIMULATIONS = 5;
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
    }

    /** Returns a preset with some options changed, {@code name=value} each. */
    static TrainingSettings preset(TrainingMethod method, String environment, String... changes) {
        TrainingSettings settings = TrainingPresets.settings(method, TrainingEnvironment.of(environment));
        for (String change : changes) {
            int equals = change.indexOf('=');
            settings = settings.with(TrainingOption.of(change.substring(0, equals)), change.substring(equals + 1));
        }
        return settings;
    }

    private void addCartPole(TrainingMethod method) {
        TrainingSettings settings = preset(method, "CartPole-v1", "steps=" + CARTPOLE_STEPS, "evaluateEvery=1000", "evaluationEpisodes=20");
        rows.add("cartpole-" + method.label(),
                ">= 475 in 20 000 steps, 2 minutes (median)",
                "steps",
                "environment steps until the mean of 20 greedy episodes is at least " + CARTPOLE_BAR + ", " + 2 * CARTPOLE_STEPS
                        + " where that was not so within " + CARTPOLE_STEPS + "; evaluation every 1000 steps, time without it, playing and"
                        + " learning on two threads; " + method.label() + ", " + settings,
                (seed, cancel) -> {
                    List<CurvePoint> curve = learn(method, "CartPole-v1", settings, seed, cancel);
                    return curve == null ? null : untilBar(curve, CARTPOLE_BAR, CARTPOLE_STEPS);
                },
                found -> median(found, Measurement::value) <= CARTPOLE_STEPS && median(found, m -> number(m, SECONDS)) <= CARTPOLE_SECONDS);
    }

    /** Gumbel's search is made for few simulations: what it is ahead of PUCT with as many, on the same seeds. */
    private void addFewSimulations() {
        String[] changes = {"steps=10000", "evaluateEvery=1000", "evaluationEpisodes=20", "simulations=" + FEW_SIMULATIONS};
        TrainingSettings gumbel = preset(TrainingMethod.GUMBEL, "CartPole-v1", changes);
        TrainingSettings muzero = preset(TrainingMethod.MUZERO, "CartPole-v1", changes);
        rows.add("cartpole-gumbel-5",
                "5 simulations: gumbel - muzero > 0 (mean)",
                "return",
                "difference of the mean returns over all evaluations of 10000 steps, one every 1000; gumbel, " + gumbel + "; muzero, " + muzero,
                (seed, cancel) -> {
                    List<CurvePoint> one = learn(TrainingMethod.GUMBEL, "CartPole-v1", gumbel, seed, cancel);
                    List<CurvePoint> other = one == null ? null : learn(TrainingMethod.MUZERO, "CartPole-v1", muzero, seed, cancel);
                    if (one == null || other == null) return null;
                    Map<String, double[]> details = new LinkedHashMap<>();
                    details.put("environmentSteps", column(one, CurvePoint::environmentSteps));
                    details.put("gumbelReturns", column(one, CurvePoint::evaluationReturnMean));
                    details.put("muzeroReturns", column(other, CurvePoint::evaluationReturnMean));
                    return new ResultRow.Measured(meanReturn(one) - meanReturn(other), details);
                },
                found -> ResultRows.mean(found) > 0);
    }

    private static double meanReturn(List<CurvePoint> curve) {
        return Arrays.stream(column(curve, CurvePoint::evaluationReturnMean)).average().orElse(Double.NaN);
    }

    /** Trains, on two threads where the machine has them; returns the curve, or null where it was cancelled. */
    static @Nullable List<CurvePoint> learn(
            TrainingMethod method, String environment, TrainingSettings settings, long seed, Cancellation cancel) {
        TrainingTask task = TrainingTask.of(method, TrainingEnvironment.of(environment), settings, seed);
        var pool = Runtime.getRuntime().availableProcessors() > 1 ? new ForkJoinPool(1) : null;
        try (var loop = new SelfPlayLoop(
                task.selfPlay(), task.parameters(Double.POSITIVE_INFINITY), seed, SelfPlayListener.NONE, pool)) {
            Game game = task.environment().game();
            if (game != null && game.players() == 2) loop.evaluateBy(new GameEvaluation(task));
            Runnable stop = loop::cancel;
            cancel.onRequest(stop);
            loop.run();
            cancel.remove(stop);
            return cancel.requested() ? null : loop.curve();
        } finally {
            if (pool != null) pool.shutdown();
        }
    }

    /** Returns the environment steps until the mean return of an evaluation is at least {@code bar}, twice the run where it never is. */
    static ResultRow.Measured untilBar(List<CurvePoint> curve, double bar, long steps) {
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
