package io.ponder.examples.comparison;

import java.util.List;

/**
 * Groups the planners of continuous actions by what they have in common, for pictures.
 *
 * @param label    what is written above the family
 * @param planners in the order of their colours
 */
public record PlannerFamily(String label, List<String> planners) {
    /** All families: every planner belongs to one. */
    public static final List<PlannerFamily> ALL = List.of(
            of("best sequences", "random-shooting", "cem", "icem", "grad-cem", "cem-gradient", "cem-ilqr"),
            of("averages, white noise", "mppi", "adaptive-mppi", "log-mppi", "tsallis-mppi", "cvar-mppi", "tube-mppi"),
            of("averages, slow noise", "coloured-mppi", "smppi", "kmppi", "spline-mppi", "dial", "predictive-sampling"),
            of("evolution", "cma-es", "sep-cma-es", "lm-ma-es", "snes", "cbo", "archive"),
            of("derivatives", "gradient", "sgd", "lbfgs", "ilqr", "ddp"));

    public PlannerFamily {
        planners = List.copyOf(planners);
    }

    private static PlannerFamily of(String label, String... planners) {
        return new PlannerFamily(label, List.of(planners));
    }
}
