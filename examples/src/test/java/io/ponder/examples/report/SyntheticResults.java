package io.ponder.examples.report;

import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.train.ImaginedTrajectory;
import io.ponder.engine.train.ModelErrorCurve;
import io.ponder.engine.train.PlanHealth;
import io.ponder.examples.comparison.CompareSettings;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.EpisodeResult;
import io.ponder.examples.comparison.ExperimentKey;
import io.ponder.examples.comparison.ExperimentResult;
import io.ponder.examples.comparison.Machine;
import io.ponder.examples.comparison.ModelKind;
import io.ponder.examples.comparison.PlanBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes records that look like those of a run, for tests of what shows them. */
final class SyntheticResults {
    static final List<String> PLANNERS = List.of("cem", "icem", "mppi", "gradient");

    private SyntheticResults() {}

    static CompareSettings settings(int seeds, int episodes) {
        return new CompareSettings(
                List.of("Pendulum-v1", "cartpole-swingup"), PLANNERS, true, true, seeds, episodes, PlanBudget.DEFAULT, 2, false, null, false, Backend.CPU);
    }

    static ComparisonResults results(int seeds, int episodes, boolean interrupted) {
        CompareSettings settings = settings(seeds, episodes);
        List<ExperimentResult> experiments = new ArrayList<>();
        for (ExperimentKey key : settings.experiments()) {
            if (interrupted && key.seed() == seeds) continue;
            experiments.add(experiment(key, settings));
        }
        var machine = new Machine("Linux 6.1", "amd64", "Example CPU <9>", 2, 4096, "17.0.1", "Example VM");
        return new ComparisonResults(
                settings, machine, Instant.parse("2026-01-02T03:04:05Z"), Duration.ofSeconds(123), interrupted, experiments);
    }

    private static ExperimentResult experiment(ExperimentKey key, CompareSettings settings) {
        var random = new SplittableRandom(key.hashCode());
        boolean pendulum = key.environment().startsWith("p");
        double worst = pendulum ? -1200 : 2;
        double best = pendulum ? -150 : 172;
        double skill = key.model() == ModelKind.NONE ? 0 : key.planner().equals("gradient") ? 0.6 : 1;
        List<EpisodeResult> episodes = new ArrayList<>();
        double[] millis = new double[key.model() == ModelKind.NONE ? 0 : 200 * settings.episodes()];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (key.model() == ModelKind.TRUE ? 0.8 : 5 + 3 * SyntheticResults.PLANNERS.indexOf(key.planner()))
                    * Math.exp(0.12 * random.nextGaussian());
        }
        Arrays.sort(millis);
        for (int e = 1; e <= settings.episodes(); e++) {
            double learned = key.model() == ModelKind.LEARNED ? 1 - Math.exp(-(e - 1) / 2.0) : 1;
            double value = worst + (best - worst) * skill * learned + 0.04 * (best - worst) * random.nextGaussian();
            boolean planned = millis.length > 0 && (e > 1 || key.model() == ModelKind.TRUE);
            episodes.add(new EpisodeResult(
                    key, e, value, 200L * e, planned ? 4_000_000 : 0, planned ? millis[millis.length / 2] : Double.NaN,
                    planned ? millis[millis.length - 3] : Double.NaN, planned ? 0 : Double.NaN, planned ? "cpu, \"plain\"" : "",
                    planned ? new PlanHealth(200, 12.5, 0.25, 0.125, 3, 1, Map.of(StopReason.COMPLETED, 150, StopReason.WALL_CLOCK, 50)) : PlanHealth.NONE));
        }
        double score = ExperimentResult.finalScore(episodes, settings.episodes(), settings.finalEpisodes());
        boolean learns = key.model() == ModelKind.LEARNED;
        return new ExperimentResult(
                key, episodes, score, millis, learns ? error(random) : null, learns ? imagined(pendulum ? 3 : 4) : null, null);
    }

    private static ModelErrorCurve error(SplittableRandom random) {
        double[] error = new double[30];
        double scale = 0.5 + random.nextDouble();
        for (int h = 0; h < 30; h++) error[h] = 0.4 * scale * (1 - Math.exp(-(h + 1) / 12.0));
        return new ModelErrorCurve(error, new double[][] {error}, 50);
    }

    private static ImaginedTrajectory imagined(int entries) {
        double[][] real = new double[entries][31];
        double[][] mean = new double[entries][31];
        double[][] low = new double[entries][31];
        double[][] high = new double[entries][31];
        for (int t = 0; t <= 30; t++) {
            for (int d = 0; d < entries; d++) {
                real[d][t] = Math.cos(0.2 * t + d) * (d + 1);
                mean[d][t] = real[d][t] + 0.002 * t * d;
                low[d][t] = mean[d][t] - 0.008 * t;
                high[d][t] = mean[d][t] + 0.008 * t;
            }
        }
        return new ImaginedTrajectory(real, mean, low, high, new double[30], new double[30]);
    }
}
