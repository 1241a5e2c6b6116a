package io.ponder.examples.papers;

import java.util.List;

/** The experiments about games, tree search and the optimisation of plans. */
final class GamePapers {
    private GamePapers() {}

    static List<Experiment> all() {
        return List.of(
                ValueGuidedExperiment.experiment(), ThompsonExperiment.experiment(), FollowerExperiment.experiment(),
                UpdateSearchExperiments.keeps(), UpdateSearchExperiments.improves(), UpdateSearchExperiments.leduc(),
                UpdateSearchExperiments.darkHex(), UpdateSearchExperiments.darkHexPlay(),
                UpdateSearchExperiments.mirror(), OpponentExperiment.experiment(),
                PlanOptimiserExperiments.gradient(), PlanOptimiserExperiments.ranking(), PlanOptimiserExperiments.trap());
    }
}
