package io.ponder.examples.comparison;

import java.util.List;

/** Groups the planners of continuous actions by what they have in common, for pictures. */
public enum PlannerFamily {
    /** The best sequences, or none, teach the next ones; also with gradients or iLQR afterwards. */
    ELITES("best sequences", "random-shooting", "cem", "icem", "grad-cem", "cem-gradient", "cem-ilqr"),
    /** A weighted average of sequences with independent noise at every step. */
    AVERAGES("averages, white noise", "mppi", "adaptive-mppi", "log-mppi", "tsallis-mppi", "cvar-mppi", "tube-mppi"),
    /** The same with noise that is slow, or few knots. */
    SLOW("averages, slow noise", "coloured-mppi", "smppi", "kmppi", "spline-mppi", "dial", "predictive-sampling"),
    /** Evolution strategies and populations. */
    EVOLUTION("evolution", "cma-es", "sep-cma-es", "lm-ma-es", "snes", "cbo", "archive"),
    /** Derivatives of the model alone. */
    DERIVATIVES("derivatives", "gradient", "sgd", "lbfgs", "ilqr", "ddp");

    private final String label;
    private final List<String> planners;

    PlannerFamily(String label, String... planners) {
        this.label = label;
        this.planners = List.of(planners);
    }

    /** Returns what is written above the family. */
    public String label() {
        return label;
    }

    /** Returns its planners, in the order of their colours. */
    public List<String> planners() {
        return planners;
    }
}
