package io.ponder.examples.papers;

import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.planners.tuning.PlannerTuner;
import io.ponder.planners.tuning.TuningRange;
import java.util.Arrays;
import java.util.List;

/** Bayesian optimisation of Branin's function, whose three least values are known, in 30 evaluations. */
final class TunerExperiment {
    private static final int EVALUATIONS = 30;
    private static final double LEAST = 0.397887;
    private static final List<TuningRange> RANGES = List.of(TuningRange.linear("x", -5, 10), TuningRange.linear("y", 0, 15));

    private TunerExperiment() {}

    static Experiment experiment() {
        return Experiment.named("gp-tuner", "Gaussian process and expected improvement as a tuner")
                .paper("Frazier: A Tutorial on Bayesian Optimization, 2018")
                .claim("In 30 evaluations of Branin's function the tuner comes closer to the optimum than random settings do.")
                .metric("median over 5 searches of how far the best of 30 settings is from the optimum", Direction.LOWER)
                .method("expected improvement").control("random").detail("noise 2, EI").detail("noise 2, random")
                .atMost(0.4).beats("random")
                .require("with noise too it is closer than random", outcome -> outcome.mean("noise 2, EI") < outcome.mean("noise 2, random"))
                .logarithmic().inTests(3)
                .trial((seed, scale, curves) -> new double[] {
                    median(seed, true, 0), median(seed, false, 0), median(seed, true, 2), median(seed, false, 2)
                });
    }

    private static double median(long seed, boolean guided, double noise) {
        double[] regrets = new double[5];
        for (int i = 0; i < regrets.length; i++) regrets[i] = regret(CounterRandom.key(seed, i), guided, noise);
        Arrays.sort(regrets);
        return regrets[regrets.length / 2];
    }

    private static double regret(long seed, boolean guided, double noise) {
        var random = new RandomStream(seed, 1);
        var noises = new RandomStream(seed, 2);
        var tuner = new PlannerTuner(RANGES, noise > 0, seed);
        for (int i = 0; i < EVALUATIONS; i++) {
            double[] at = guided ? tuner.ask() : new double[] {-5 + 15 * random.nextDouble(), 15 * random.nextDouble()};
            tuner.tell(at, -branin(at[0], at[1]) + noise * noises.nextGaussian());
        }
        double[] best = tuner.best();
        return branin(best[0], best[1]) - LEAST;
    }

    private static double branin(double x, double y) {
        double valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }
}
