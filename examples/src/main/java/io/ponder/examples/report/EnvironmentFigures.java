package io.ponder.examples.report;

import io.ponder.engine.train.ImaginedTrajectory;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.EpisodeResult;
import io.ponder.examples.comparison.ExperimentKey;
import io.ponder.examples.comparison.ExperimentResult;
import io.ponder.examples.comparison.Interval;
import io.ponder.examples.comparison.ModelKind;
import io.ponder.examples.comparison.Summary;
import io.ponder.examples.comparison.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Draws the figures of one environment. A figure without data is left out. */
final class EnvironmentFigures {
    private static final int BINS = 48;
    private static final String RANDOM_STYLE = "quiet dash";
    private static final String TRUE_STYLE = "ink dots";

    private final ComparisonResults results;
    private final String environment;
    private final List<Summary> summaries;
    private final double random;

    EnvironmentFigures(ComparisonResults results, String environment) {
        this.results = results;
        this.environment = environment;
        summaries = results.summaries();
        Summary line = ResultTable.find(summaries, environment, ModelKind.NONE, ExperimentKey.RANDOM);
        random = line == null ? Double.NaN : line.finalReturn().mean();
    }

    String html() {
        return learningCurves() + finalReturns() + planningTimes() + modelError() + imagined();
    }

    /** Return per episode: mean over seeds with its bootstrap interval as a band. */
    private String learningCurves() {
        ModelKind kind = results.settings().learned() ? ModelKind.LEARNED : ModelKind.TRUE;
        int episodes = results.settings().episodes();
        double[] xs = new double[episodes];
        Arrays.setAll(xs, i -> i + 1);
        List<String> planners = results.settings().planners();
        double best = bestReference();
        double low = min(random, best);
        double high = max(random, best);
        Interval[][] curves = new Interval[planners.size()][];
        for (int p = 0; p < planners.size(); p++) {
            curves[p] = curve(kind, planners.get(p), episodes);
            for (Interval point : curves[p]) {
                low = min(low, point.low());
                high = max(high, point.high());
            }
        }
        if (Double.isNaN(low)) return "";
        var plot = new Plot(
                "Return per episode on " + environment, Axis.between(1, episodes), Axis.around(low, high), "episode", 300);
        var legend = new StringBuilder();
        plot.across(random, RANDOM_STYLE).across(best, TRUE_STYLE);
        for (int p = 0; p < planners.size(); p++) {
            plot.band(xs, of(curves[p], 1), of(curves[p], 2), "c" + p);
        }
        for (int p = 0; p < planners.size(); p++) {
            plot.line(xs, of(curves[p], 0), "c" + p);
            legend.append(Html.key("c" + p, planners.get(p)));
        }
        if (Double.isFinite(best) && kind == ModelKind.LEARNED) legend.append(Html.key(TRUE_STYLE, "best on the true model"));
        if (Double.isFinite(random)) legend.append(Html.key(RANDOM_STYLE, "random actions"));
        String note = kind == ModelKind.LEARNED && results.settings().loadedModel() == null
                ? "Return of each episode; the first is random, the model is refitted before every other one. Bands: 95 % over seeds."
                : "Return of each episode; nothing is learned on the way. Bands: 95 % over seeds.";
        return Html.figure("Learning curves", plot.svg(), legend.toString(), note);
    }

    private Interval[] curve(ModelKind kind, String planner, int episodes) {
        Interval[] curve = new Interval[episodes];
        for (int e = 1; e <= episodes; e++) {
            int episode = e;
            curve[e - 1] = Interval.of(experiments(kind, planner)
                    .flatMap(result -> result.episodes().stream())
                    .filter(result -> result.episode() == episode)
                    .mapToDouble(EpisodeResult::episodeReturn)
                    .toArray());
        }
        return curve;
    }

    /** One row a planner: its interval with the learned model, its mean on the true model, and the line of random actions. */
    private String finalReturns() {
        List<String> planners = results.settings().planners();
        double low = random;
        double high = random;
        for (String planner : planners) {
            for (ModelKind kind : List.of(ModelKind.LEARNED, ModelKind.TRUE)) {
                Summary summary = ResultTable.find(summaries, environment, kind, planner);
                if (summary == null) continue;
                low = min(low, summary.finalReturn().low());
                high = max(high, summary.finalReturn().high());
            }
        }
        if (Double.isNaN(low)) return "";
        int n = planners.size();
        var plot = new Plot("Final return of each planner on " + environment, Axis.around(low, high), Axis.between(0, n),
                "final return", 54 + Math.max(2, n) * 48).ofNamedRows();
        plot.upright(random, RANDOM_STYLE);
        for (int p = 0; p < n; p++) {
            double row = n - p - 0.5;
            Summary learned = ResultTable.find(summaries, environment, ModelKind.LEARNED, planners.get(p));
            Summary reference = ResultTable.find(summaries, environment, ModelKind.TRUE, planners.get(p));
            plot.name(planners.get(p), "", row);
            if (reference != null) plot.diamond(reference.finalReturn().mean(), row, "c" + p);
            if (learned == null) continue;
            Interval value = learned.finalReturn();
            if (value.count() > 1) plot.segment(value.low(), row, value.high(), row, "thick c" + p);
            plot.dot(value.mean(), row, "c" + p);
        }
        String legend = (results.settings().learned() ? Html.mark(true, "ink", "learned model, with 95 % interval") : "")
                + (results.settings().trueModel() ? Html.mark(false, "ink", "same planner, true model") : "")
                + (Double.isFinite(random) ? Html.key(RANDOM_STYLE, "random actions") : "");
        return Html.figure("Final return", plot.svg(), legend, "Further to the right is better.");
    }

    /** One row a planner: how its planning times are distributed, with median and 99th percentile. */
    private String planningTimes() {
        ModelKind kind = results.settings().learned() ? ModelKind.LEARNED : ModelKind.TRUE;
        List<String> planners = results.settings().planners();
        double[][] times = new double[planners.size()][];
        double low = Double.NaN;
        double high = Double.NaN;
        for (int p = 0; p < times.length; p++) {
            times[p] = experiments(kind, planners.get(p))
                    .flatMapToDouble(result -> Arrays.stream(result.planMillis())).sorted().toArray();
            low = min(low, Interval.quantile(times[p], 0.002));
            high = max(high, Interval.quantile(times[p], 0.998));
        }
        if (Double.isNaN(low)) return "";
        int n = planners.size();
        Axis x = Axis.logarithmic(low, high);
        var plot = new Plot("Time of a planning call on " + environment, x, Axis.between(0, n),
                "milliseconds a plan (logarithmic)", 54 + Math.max(2, n) * 48).ofNamedRows();
        for (int p = 0; p < n; p++) {
            if (times[p].length == 0) continue;
            double floor = n - p - 0.95;
            histogram(plot, x, times[p], floor, "c" + p);
            double median = Interval.quantile(times[p], 0.5);
            double slow = Interval.quantile(times[p], 0.99);
            plot.segment(median, floor, median, floor + 0.8, "ink").segment(slow, floor, slow, floor + 0.4, "quiet");
            plot.name(planners.get(p), Numbers.millis(median) + " ms", floor + 0.45);
        }
        return Html.figure("Planning time", plot.svg(), Html.key("ink", "median") + Html.key("quiet", "99 % are faster"),
                "How often a plan took how long, on one thread with " + (kind == ModelKind.LEARNED ? "the learned" : "the true")
                        + " model.");
    }

    private static void histogram(Plot plot, Axis x, double[] millis, double floor, String style) {
        double[] count = new double[BINS];
        double most = 0;
        for (double time : millis) {
            int bin = (int) Math.max(0, Math.min(BINS - 1, Math.floor(x.place(time) * BINS)));
            most = Math.max(most, ++count[bin]);
        }
        double[] xs = new double[2 * BINS];
        double[] top = new double[2 * BINS];
        double[] bottom = new double[2 * BINS];
        for (int b = 0; b < BINS; b++) {
            for (int side = 0; side < 2; side++) {
                xs[2 * b + side] = x.low() * Math.pow(x.high() / x.low(), (b + side) / (double) BINS);
                top[2 * b + side] = floor + 0.75 * count[b] / most;
                bottom[2 * b + side] = floor;
            }
        }
        plot.band(xs, bottom, top, "solid " + style);
    }

    /** Error of the learned models over the horizon, mean over seeds. */
    private String modelError() {
        List<String> planners = results.settings().planners();
        double[][] curves = new double[planners.size()][];
        int longest = 0;
        double high = Double.NaN;
        for (int p = 0; p < curves.length; p++) {
            List<double[]> errors = experiments(ModelKind.LEARNED, planners.get(p))
                    .map(ExperimentResult::modelError).filter(Objects::nonNull).map(curve -> curve.error()).toList();
            int length = errors.stream().mapToInt(error -> error.length).min().orElse(0);
            curves[p] = new double[length];
            for (int h = 0; h < length; h++) {
                int step = h;
                curves[p][h] = errors.stream().mapToDouble(error -> error[step]).average().orElse(Double.NaN);
                high = max(high, curves[p][h]);
            }
            longest = Math.max(longest, length);
        }
        if (longest == 0 || Double.isNaN(high)) return "";
        double[] xs = new double[longest];
        Arrays.setAll(xs, i -> i + 1);
        var plot = new Plot("Model error over the horizon on " + environment, Axis.between(0, longest),
                Axis.between(0, 1.06 * high), "steps imagined", 270);
        var legend = new StringBuilder();
        for (int p = 0; p < curves.length; p++) {
            if (curves[p].length == 0) continue;
            plot.line(Arrays.copyOf(xs, curves[p].length), curves[p], "c" + p);
            legend.append(Html.key("c" + p, planners.get(p)));
        }
        return Html.figure("Model error over the horizon", plot.svg(), legend.toString(),
                "Root mean square error of imagined observations, in standard deviations of the data, on episodes that the model was"
                        + " not fitted to and with the actions really taken.");
    }

    /** What one learned model imagined beside what happened. */
    private String imagined() {
        ExperimentResult shown = results.experiments().stream()
                .filter(in(ModelKind.LEARNED)).filter(result -> result.imagined() != null).findFirst().orElse(null);
        if (shown == null || shown.imagined() == null) return "";
        ImaginedTrajectory trajectory = shown.imagined();
        String style = "c" + Math.max(0, results.settings().planners().indexOf(shown.key().planner()));
        var drawings = new StringBuilder();
        List<String> names = Tasks.find(environment).observationNames();
        int entries = Math.min(6, names.size());
        for (int d = 0; d < entries; d++) {
            double[] real = trajectory.real()[d];
            double[] xs = new double[real.length];
            Arrays.setAll(xs, i -> i);
            double low = min(min(real), min(trajectory.low()[d]));
            double high = max(max(real), max(trajectory.high()[d]));
            var plot = new Plot(names.get(d) + ", imagined and real, on " + environment,
                    Axis.between(0, real.length - 1), Axis.around(low, high), "steps", 220);
            plot.band(xs, trajectory.low()[d], trajectory.high()[d], style);
            plot.line(xs, trajectory.mean()[d], style + " dash").line(xs, real, "ink");
            drawings.append("<div><p class=\"part\">").append(Html.escape(names.get(d))).append("</p>");
            drawings.append(plot.svg()).append("</div>");
        }
        String legend = Html.key("ink", "real") + Html.key(style + " dash", "imagined, mean and 10-90 % of particles");
        return Html.wideFigure("Imagined against real", "<div class=\"parts\">" + drawings + "</div>", legend,
                "The last episode of " + shown.key().planner() + ", seed " + shown.key().seed()
                        + ": the model saw only the first observation and the actions.");
    }

    private java.util.stream.Stream<ExperimentResult> experiments(ModelKind kind, String planner) {
        return results.experiments().stream().filter(in(kind)).filter(result -> result.key().planner().equals(planner));
    }

    private Predicate<ExperimentResult> in(ModelKind kind) {
        return result -> result.key().environment().equals(environment) && result.key().model() == kind;
    }

    private double bestReference() {
        double best = Double.NaN;
        for (String planner : results.settings().planners()) {
            @Nullable Summary reference = ResultTable.find(summaries, environment, ModelKind.TRUE, planner);
            if (reference != null) best = max(best, reference.finalReturn().mean());
        }
        return best;
    }

    private static double[] of(Interval[] curve, int which) {
        double[] values = new double[curve.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = which == 0 ? curve[i].mean() : which == 1 ? curve[i].low() : curve[i].high();
        }
        return values;
    }

    private static double min(double... values) {
        return Arrays.stream(values).filter(Double::isFinite).min().orElse(Double.NaN);
    }

    private static double max(double... values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NaN);
    }
}
