package io.ponder.examples.papers;

import java.util.List;

/** The experiments on finite processes. */
final class TabularPapers {
    private TabularPapers() {}

    static List<Experiment> all() {
        return List.of(
                MocoExperiments.iteration(), MocoExperiments.dyna(), CdpoExperiment.experiment(), OptimismExperiments.ravi(),
                OptimismExperiments.loop(), LatentExperiments.planning(), LatentExperiments.learning(), OptimismExperiments.lowSwitching(),
                JumpStartExperiment.experiment());
    }
}
