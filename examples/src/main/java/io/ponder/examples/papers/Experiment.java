package io.ponder.examples.papers;

import io.ponder.engine.Checks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An experiment that a paper's method must pass: which arms are compared on the same seeds, in which number, and what must hold.
 *
 * <p>Immutable; made by {@link #named}. Its trial may run on several threads at once.
 */
public final class Experiment {
    private final String id;
    private final String title;
    private final String paper;
    private final String claim;
    private final String metric;
    private final Direction direction;
    private final List<Arm> arms;
    private final List<Threshold> thresholds;
    private final List<Requirement> requirements;
    private final String curveLabel;
    private final boolean logarithmic;
    private final boolean quick;
    private final int testSeeds;
    private final List<String> remarks;
    private final Trial trial;

    private Experiment(Builder builder, Trial trial) {
        id = builder.id;
        title = builder.title;
        paper = builder.paper;
        claim = builder.claim;
        metric = builder.metric;
        direction = builder.direction;
        arms = List.copyOf(builder.arms);
        thresholds = List.copyOf(builder.thresholds);
        requirements = List.copyOf(builder.requirements);
        curveLabel = builder.curveLabel;
        logarithmic = builder.logarithmic;
        quick = builder.quick;
        testSeeds = builder.testSeeds;
        remarks = List.copyOf(builder.remarks);
        this.trial = trial;
        Set<String> names = new HashSet<>();
        for (Arm arm : arms) {
            if (!names.add(arm.name())) throw new IllegalArgumentException("Two arms of " + id + " are named " + arm.name() + ".");
        }
        for (Role needed : List.of(Role.METHOD, Role.CONTROL)) {
            if (arms(needed).isEmpty()) {
                throw new IllegalArgumentException("Experiment " + id + " has no " + needed.label() + ", but it must have one.\n"
                        + "Maybe switch the mechanism off for a control.");
            }
        }
        if (thresholds.isEmpty()) {
            throw new IllegalArgumentException("Experiment " + id + " has no threshold, but it must have one.\nMaybe ask that it beats a baseline.");
        }
    }

    /** Begins an experiment: its id as typed on the command line, and its title. */
    public static Builder named(String id, String title) {
        return new Builder(id, title);
    }

    /** Returns the short name, as typed on the command line. */
    public String id() {
        return id;
    }

    /** Returns the title. */
    public String title() {
        return title;
    }

    /** Returns authors, title and year of the paper. */
    public String paper() {
        return paper;
    }

    /** Returns in a sentence what is shown. */
    public String claim() {
        return claim;
    }

    /** Returns what is measured of every arm but the details. */
    public String metric() {
        return metric;
    }

    /** Returns which values of the metric are better. */
    public Direction direction() {
        return direction;
    }

    /** Returns all arms, in the order of the values of a trial. */
    public List<Arm> arms() {
        return arms;
    }

    /** Returns the arms of a role. */
    public List<Arm> arms(Role role) {
        return arms.stream().filter(arm -> arm.role() == role).toList();
    }

    /** Returns what every method must reach, and of what every control must miss one. */
    public List<Threshold> thresholds() {
        return thresholds;
    }

    /** Returns what else must hold. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** Returns what the places of the curves are, empty where there are none. */
    public String curveLabel() {
        return curveLabel;
    }

    /** Tells whether a picture shows the metric with a logarithmic axis. */
    public boolean logarithmic() {
        return logarithmic;
    }

    /** Tells whether it belongs to the quick set. */
    public boolean quick() {
        return quick;
    }

    /** Returns how many seeds the tests run, at the small scale; 0 where it is not among them. */
    public int testSeeds() {
        return testSeeds;
    }

    /** Returns what else a reader should know. */
    public List<String> remarks() {
        return remarks;
    }

    /**
     * Runs all arms on one seed.
     *
     * @return a value for each arm
     * @throws IllegalStateException if the trial returns another number of values
     */
    public double[] run(long seed, Scale scale, Curves curves) {
        double[] values = trial.run(seed, scale, curves);
        if (values.length != arms.size()) {
            throw new IllegalStateException(
                    "Experiment " + id + " returned " + values.length + " values, but it has " + arms.size() + " arms.");
        }
        return values;
    }

    /** Collects what an experiment is. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final String title;
        private String paper = "";
        private String claim = "";
        private String metric = "";
        private Direction direction = Direction.LOWER;
        private final List<Arm> arms = new ArrayList<>();
        private final List<Threshold> thresholds = new ArrayList<>();
        private final List<Requirement> requirements = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private String curveLabel = "";
        private boolean logarithmic;
        private boolean quick = true;
        private int testSeeds;

        private Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        /** Sets authors, title and year of the paper. */
        public Builder paper(String reference) {
            paper = reference;
            return this;
        }

        /** Says in a sentence what is shown. */
        public Builder claim(String sentence) {
            claim = sentence;
            return this;
        }

        /** Says what is measured of every arm but the details, and which values are better. */
        public Builder metric(String name, Direction better) {
            metric = name;
            direction = better;
            return this;
        }

        /** Adds an arm that must reach every threshold. */
        public Builder method(String name) {
            return arm(name, Role.METHOD);
        }

        /** Adds what the method is compared with. */
        public Builder baseline(String name) {
            return arm(name, Role.BASELINE);
        }

        /** Adds the method with its mechanism switched off: it must miss a threshold. */
        public Builder control(String name) {
            return arm(name, Role.CONTROL);
        }

        /** Adds a number to read the others by. */
        public Builder reference(String name) {
            return arm(name, Role.REFERENCE);
        }

        /** Adds a quantity of its own; name and unit go into {@code name}. */
        public Builder detail(String name) {
            return arm(name, Role.DETAIL);
        }

        private Builder arm(String name, Role role) {
            arms.add(new Arm(name, role));
            return this;
        }

        /** Asks that the mean is at most {@code bound}. */
        public Builder atMost(double bound) {
            return threshold("mean <= " + number(bound), (outcome, arm) -> outcome.mean(arm) <= bound);
        }

        /** Asks that the mean is at least {@code bound}. */
        public Builder atLeast(double bound) {
            return threshold("mean >= " + number(bound), (outcome, arm) -> outcome.mean(arm) >= bound);
        }

        /** Asks that the mean is at most {@code factor} times the mean of another arm. */
        public Builder atMostTimes(double factor, String other) {
            return threshold("mean <= " + number(factor) + " x " + other,
                    (outcome, arm) -> outcome.mean(arm) <= factor * outcome.mean(other));
        }

        /** Asks that the mean is at least the mean of another arm plus {@code gain}, which may be negative. */
        public Builder atLeastAbove(double gain, String other) {
            return threshold("mean >= " + other + (gain < 0 ? " - " : " + ") + number(Math.abs(gain)),
                    (outcome, arm) -> outcome.mean(arm) >= outcome.mean(other) + gain);
        }

        /**
         * Asks that it is better than another arm seed by seed: a sign test with p at most 0.06 (8 of 10 seeds), on fewer than 5 seeds
         * on every one.
         */
        public Builder beats(String other) {
            return threshold("better than " + other + " seed by seed (sign test)", (outcome, arm) -> {
                int wins = outcome.wins(arm, other);
                int losses = outcome.wins(other, arm);
                if (outcome.seeds().size() < SignTest.FEWEST) return wins == outcome.seeds().size();
                return SignTest.probability(wins, losses) <= SignTest.LEVEL;
            });
        }

        /** Adds a threshold: what every method must reach and every control must not. */
        public Builder threshold(String text, Threshold.Test test) {
            thresholds.add(new Threshold(text, test));
            return this;
        }

        /** Adds what else must hold, such as that a baseline does fail, or a bound of a detail. */
        public Builder require(String text, Predicate<Outcome> test) {
            requirements.add(new Requirement(text, test));
            return this;
        }

        /** Adds a sentence or two that the page shows below: what differs from the paper, what the picture hides. */
        public Builder remark(String text) {
            remarks.add(text);
            return this;
        }

        /** Says what the places of the curves are, such as {@code "iterations"}. */
        public Builder curvesOver(String label) {
            curveLabel = label;
            return this;
        }

        /** Draws the metric with a logarithmic axis; its values must be positive then. */
        public Builder logarithmic() {
            logarithmic = true;
            return this;
        }

        /** Leaves it out of the quick set: all seeds take more than about 15 seconds of one core. */
        public Builder slow() {
            quick = false;
            return this;
        }

        /** Lets the tests run so many seeds (0 and following) at the small scale: a second in all, at most. */
        public Builder inTests(int seeds) {
            testSeeds = Checks.positive("seeds", seeds);
            return this;
        }

        /** Returns the experiment. */
        public Experiment trial(Trial trial) {
            return new Experiment(this, trial);
        }

        private static String number(double value) {
            if (value != 0 && Math.abs(value) < 1e-3) return String.format(Locale.ROOT, "%.0e", value);
            return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
        }
    }

    /** Returns the first method, or the first baseline or control where there is one. */
    @Nullable Arm first(Role role) {
        List<Arm> found = arms(role);
        return found.isEmpty() ? null : found.get(0);
    }
}
