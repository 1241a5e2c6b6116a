package io.ponder.examples.papers;

import java.util.List;

/** The experiments about games and tree search. */
final class GamePapers {
    private GamePapers() {}

    static List<Experiment> all() {
        return List.of(
                ValueGuidedExperiment.experiment(), ThompsonExperiment.experiment(), FollowerExperiment.experiment(),
                UpdateSearchExperiments.keeps(), UpdateSearchExperiments.improves(), UpdateSearchExperiments.leduc(),
                UpdateSearchExperiments.darkHex(), UpdateSearchExperiments.mirror(), OpponentExperiment.experiment());
    }
}
