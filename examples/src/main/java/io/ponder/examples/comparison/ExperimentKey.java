package io.ponder.examples.comparison;

/**
 * Names one experiment: one planner with one kind of model, on one environment, from one seed.
 *
 * @param environment the environment's id
 * @param model       what the planner imagines with
 * @param planner     the planner's name, or {@link #RANDOM}
 * @param seed        the seed of everything random in it
 */
public record ExperimentKey(String environment, ModelKind model, String planner, long seed) {
    /** The name of the planner that draws its actions uniformly. */
    public static final String RANDOM = "random";

    @Override
    public String toString() {
        String what = model == ModelKind.NONE ? planner : planner + " on the " + model.label() + " model";
        return environment + ", " + what + ", seed " + seed;
    }
}
