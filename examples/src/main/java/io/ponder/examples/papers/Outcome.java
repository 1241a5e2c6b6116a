package io.ponder.examples.papers;

import io.ponder.engine.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the values of all arms of an experiment on the seeds that were run, and judges them.
 *
 * <p>Immutable and safe for several threads.
 */
public final class Outcome {
    private final Experiment experiment;
    private final List<Long> seeds;
    private final double[][] values;
    private final List<Curves> curves;
    private final double seconds;

    /**
     * Creates an outcome.
     *
     * @param seeds   what was run, ascending
     * @param values  of each seed the values of the arms
     * @param curves  of each seed
     * @param seconds processor time of all seeds together
     */
    Outcome(Experiment experiment, List<Long> seeds, List<double[]> values, List<Curves> curves, double seconds) {
        this.experiment = experiment;
        this.seeds = List.copyOf(seeds);
        this.values = values.toArray(double[][]::new);
        this.curves = List.copyOf(curves);
        this.seconds = seconds;
        Checks.same("number of values", this.values.length, "number of seeds", this.seeds.size());
    }

    /** Returns the experiment. */
    public Experiment experiment() {
        return experiment;
    }

    /** Returns the seeds. */
    public List<Long> seeds() {
        return seeds;
    }

    /** Returns the curves of each seed. */
    public List<Curves> curves() {
        return curves;
    }

    /** Returns the time that all seeds took together, in seconds of one thread. */
    public double seconds() {
        return seconds;
    }

    /** Returns the values of an arm, seed by seed. */
    public double[] values(String arm) {
        int at = index(arm);
        double[] column = new double[values.length];
        for (int i = 0; i < column.length; i++) column[i] = values[i][at];
        return column;
    }

    private int index(String name) {
        for (int i = 0; i < experiment.arms().size(); i++) {
            if (experiment.arms().get(i).name().equals(name)) return i;
        }
        throw new IllegalArgumentException("Experiment " + experiment.id() + " has no arm '" + name + "'.\nMaybe it is one of "
                + experiment.arms().stream().map(Arm::name).toList() + ".");
    }

    /** Returns the mean of an arm over the seeds. */
    public double mean(String arm) {
        double sum = 0;
        for (double value : values(arm)) sum += value;
        return sum / values.length;
    }

    /** Returns the standard error of that mean, 0 for one seed. */
    public double standardError(String arm) {
        double mean = mean(arm);
        double sum = 0;
        for (double value : values(arm)) sum += (value - mean) * (value - mean);
        int n = values.length;
        return n < 2 ? 0 : Math.sqrt(sum / (n - 1) / n);
    }

    /** Returns on how many seeds an arm is better than another. */
    public int wins(String arm, String other) {
        double[] mine = values(arm);
        double[] theirs = values(other);
        int wins = 0;
        for (int i = 0; i < mine.length; i++) {
            if (experiment.direction().better(mine[i], theirs[i])) wins++;
        }
        return wins;
    }

    /** Returns the probability of the sign test that an arm is better than another. */
    public double signTest(String arm, String other) {
        return SignTest.probability(wins(arm, other), wins(other, arm));
    }

    /** Returns what does not hold, in sentences; nothing where the experiment passes. */
    public List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (seeds.isEmpty()) return List.of(run() ? "no seed ended without an error" : "no seed was run");
        for (Arm method : experiment.arms(Role.METHOD)) {
            for (Threshold threshold : experiment.thresholds()) {
                if (!threshold.test().reached(this, method.name())) failures.add(method.name() + " misses: " + threshold.text());
            }
        }
        for (Arm control : experiment.arms(Role.CONTROL)) {
            boolean all = experiment.thresholds().stream().allMatch(threshold -> threshold.test().reached(this, control.name()));
            if (all) failures.add("the control '" + control.name() + "' does not fail");
        }
        for (Requirement requirement : experiment.requirements()) {
            if (!requirement.test().test(this)) failures.add("does not hold: " + requirement.text());
        }
        return failures;
    }

    /** Tells whether any seed was run, even if what it threw is all that is left of it. */
    public boolean run() {
        return seconds > 0;
    }

    /** Tells whether the experiment passes. */
    public boolean passed() {
        return failures().isEmpty();
    }
}
