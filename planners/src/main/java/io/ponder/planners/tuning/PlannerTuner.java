package io.ponder.planners.tuning;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the settings of the largest value in few runs, by expected improvement over a {@link GaussianProcess} (Jones, Schonlau and Welch 1998;
 * for noisy runs as in Frazier 2018, "A tutorial on Bayesian optimization", section 4): 2 d + 2 random settings first, then each time the
 * one of the largest expected improvement among random ones and ones near the best so far. Where runs are noisy, the best so far is that of
 * the process's mean, not of a lucky run. Settings that were asked for or told are not asked for again while others are found.
 *
 * <pre>{@code
 * var tuner = new PlannerTuner(List.of(TuningRange.logarithmic("penalty", 0.1, 30), TuningRange.whole("horizon", 2, 40)), true, 7);
 * for (int run = 0; run < 40; run++) {
 *     double[] settings = tuner.ask();
 *     tuner.tell(settings, meanReturn(settings));
 * }
 * double[] best = tuner.best();
 * }</pre>
 *
 * <p>Deterministic in the seed and what it was told. Not thread-safe; allocates.
 */
public final class PlannerTuner {
    private static final int RANDOM_CANDIDATES = 2000;
    private static final int NEAR_CANDIDATES = 400;
    private static final int RANDOM_TRIES = 200;
    private static final double[] NEAR = {0.1, 0.03, 0.01, 0.003};

    private final List<TuningRange> ranges;
    private final boolean noisy;
    private final long seed;
    private final List<double[]> places = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();
    private final Set<List<Double>> known = new HashSet<>();
    private int asked;

    /**
     * Creates a tuner.
     *
     * @param ranges of the settings, at least one
     * @param noisy  whether the same settings give different values from run to run
     */
    public PlannerTuner(List<TuningRange> ranges, boolean noisy, long seed) {
        Checks.positive("number of ranges", ranges.size());
        this.ranges = List.copyOf(ranges);
        this.noisy = noisy;
        this.seed = seed;
    }

    /** Returns the settings to try next, in the order of the ranges. */
    public double[] ask() {
        var random = new RandomStream(seed, asked++);
        double[] place = values.size() < 2 * ranges.size() + 2 ? unknown(random) : promising(random);
        known.add(key(place));
        return settings(place);
    }

    /** Returns a random place that is not known, or any where none was found. */
    private double[] unknown(RandomStream random) {
        double[] place = anywhere(random);
        for (int i = 0; i < RANDOM_TRIES && known.contains(key(place)); i++) place = anywhere(random);
        return place;
    }

    private double[] promising(RandomStream random) {
        GaussianProcess process = process();
        double toBeat = toBeat(process);
        double[] centre = places.get(bestRun(process));
        double[] chosen = anywhere(random);
        boolean chosenIsKnown = true;
        double most = -1;
        for (int i = 0; i < RANDOM_CANDIDATES + NEAR_CANDIDATES; i++) {
            double[] candidate = i < RANDOM_CANDIDATES ? anywhere(random) : near(centre, NEAR[i % NEAR.length], random);
            boolean isKnown = known.contains(key(candidate));
            if (isKnown && !chosenIsKnown) continue;
            double improvement = process.expectedImprovement(candidate, toBeat);
            if (improvement > most || chosenIsKnown && !isKnown) {
                chosenIsKnown = isKnown;
                most = improvement;
                chosen = candidate;
            }
        }
        return chosen;
    }

    /** Returns what tells the settings of a place from others. */
    private List<Double> key(double[] place) {
        List<Double> key = new ArrayList<>(place.length);
        for (double setting : settings(place)) key.add(setting + 0.0);
        return key;
    }

    /** Moves a place to that of its settings: whole numbers lie apart. */
    private double[] snap(double[] place) {
        for (int d = 0; d < place.length; d++) place[d] = ranges.get(d).place(ranges.get(d).at(place[d]));
        return place;
    }

    /**
     * Tells how settings did.
     *
     * @param settings in the order of the ranges; need not have been asked for. Not modified.
     * @param value    more is better; finite
     */
    public void tell(double[] settings, double value) {
        Checks.same("number of settings", settings.length, "number of ranges", ranges.size());
        Checks.inRange("value", value, -Double.MAX_VALUE, Double.MAX_VALUE);
        double[] place = new double[settings.length];
        for (int d = 0; d < place.length; d++) place[d] = ranges.get(d).place(settings[d]);
        places.add(place);
        known.add(key(place));
        values.add(value);
    }

    /** Returns the best settings that were tried: of the largest value, or of the largest expected one where runs are noisy. */
    public double[] best() {
        Checks.positive("number of values told", values.size());
        return settings(places.get(bestRun(noisy ? process() : null)));
    }

    private GaussianProcess process() {
        double[] told = new double[values.size()];
        for (int i = 0; i < told.length; i++) told[i] = values.get(i);
        return GaussianProcess.fit(places.toArray(double[][]::new), told, noisy);
    }

    private int bestRun(@Nullable GaussianProcess process) {
        int best = 0;
        for (int i = 1; i < values.size(); i++) if (worth(process, i) > worth(process, best)) best = i;
        return best;
    }

    private double worth(@Nullable GaussianProcess process, int run) {
        return noisy && process != null ? process.mean(places.get(run)) : values.get(run);
    }

    private double toBeat(GaussianProcess process) {
        return worth(process, bestRun(process));
    }

    private double[] anywhere(RandomStream random) {
        double[] place = new double[ranges.size()];
        for (int d = 0; d < place.length; d++) place[d] = random.nextDouble();
        return snap(place);
    }

    private double[] near(double[] centre, double deviation, RandomStream random) {
        double[] place = centre.clone();
        for (int d = 0; d < place.length; d++) {
            place[d] = Math.max(0, Math.min(1, place[d] + deviation * random.nextGaussian()));
        }
        return snap(place);
    }

    private double[] settings(double[] place) {
        double[] settings = new double[place.length];
        for (int d = 0; d < place.length; d++) settings[d] = ranges.get(d).at(place[d]);
        return settings;
    }
}
