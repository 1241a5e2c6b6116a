package io.ponder.examples.comparison;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a comparison compares.
 *
 * @param environments ids of the environments, at least one
 * @param planners     names of the planners, at least one
 * @param learned      whether planners learn their model
 * @param trueModel    whether planners also run on the true model, as a reference
 * @param seeds        number of seeds, at least 1; they are 1, 2, ...
 * @param episodes     episodes of every experiment, at least 2 (with a learned model the first is random)
 * @param budget       limit of every planning call
 * @param threads      experiments that run side by side, at least 1; each planner runs on one thread
 * @param saveModels   whether the learned models are kept
 * @param loadedModel  folder of a saved model that "learned" planners use as it is instead of learning, or null
 * @param quick        whether planners and nets are sized for a look rather than for a result
 * @param backend      where imagined rollouts run; gradients are always computed on the processor
 */
public record CompareSettings(
        List<String> environments,
        List<String> planners,
        boolean learned,
        boolean trueModel,
        int seeds,
        int episodes,
        PlanBudget budget,
        int threads,
        boolean saveModels,
        @Nullable Path loadedModel,
        boolean quick,
        Backend backend) {
    public CompareSettings {
        environments = List.copyOf(environments);
        planners = List.copyOf(planners);
        Checks.positive("number of environments", environments.size());
        Checks.positive("number of planners", planners.size());
        Checks.positive("seeds", seeds);
        Checks.inRange("episodes", episodes, 2, 100_000);
        Checks.positive("threads", threads);
        if (!learned && !trueModel) throw new IllegalArgumentException("models is none, but it must be learned, true or both.");
    }

    /** Returns the option value of the models: learned, true or both. */
    public String models() {
        return learned && trueModel ? "both" : learned ? "learned" : "true";
    }

    /** Returns how many of the last episodes count as final: a third of them, at most 3. */
    public int finalEpisodes() {
        return Math.max(1, Math.min(3, episodes / 3));
    }

    /**
     * Returns all experiments in the order in which they start: seed by seed, so that an interrupted run has whole seeds of everything;
     * within a seed the long ones first, so that no thread idles for long at the end. A planner runs where it plans the kind of actions.
     */
    public List<ExperimentKey> experiments() {
        List<ExperimentKey> keys = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            if (learned) addAll(keys, ModelKind.LEARNED, seed);
            if (trueModel) addAll(keys, ModelKind.TRUE, seed);
            for (String environment : environments) {
                keys.add(new ExperimentKey(environment, ModelKind.NONE, ExperimentKey.RANDOM, seed));
            }
        }
        return keys;
    }

    private void addAll(List<ExperimentKey> keys, ModelKind model, long seed) {
        for (String environment : environments) {
            for (String planner : planners) {
                if (PlannerRecipes.fits(planner, environment)) keys.add(new ExperimentKey(environment, model, planner, seed));
            }
        }
    }
}
