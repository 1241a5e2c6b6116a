package io.ponder.examples.papers;

import java.util.List;

/** The experiments about learning and using models. */
final class ModelPapers {
    private ModelPapers() {}

    static List<Experiment> all() {
        return List.of(
                CorrectedGradientExperiment.experiment(),
                CorrectedSearchExperiment.experiment(),
                ObjectiveMismatchExperiment.experiment(),
                ValueGradientExperiment.experiment(),
                WideTreeExperiment.experiment(),
                ValueMomentExperiment.experiment(),
                UncertaintyExperiment.experiment(),
                OfflinePenaltyExperiment.experiment(),
                ComboExperiment.experiment(),
                TunerExperiment.experiment(),
                PredictableActionsExperiment.experiment(),
                AdaptiveRolloutExperiment.experiment());
    }
}
