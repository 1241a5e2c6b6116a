package io.ponder.examples.training;

import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointManifest;

/**
 * Says what a checkpoint was trained as.
 *
 * @param method      the method
 * @param environment where it was trained
 * @param settings    all numbers
 */
public record SavedTraining(TrainingMethod method, TrainingEnvironment environment, TrainingSettings settings) {
    /**
     * Returns what a checkpoint says.
     *
     * @throws CheckpointException if it is of something that was not trained here
     */
    public static SavedTraining of(Checkpoint checkpoint) throws CheckpointException {
        CheckpointManifest manifest = checkpoint.manifest();
        try {
            TrainingMethod method = TrainingMethod.of(manifest.model());
            TrainingEnvironment environment = TrainingEnvironment.of(manifest.settings().text("environment"));
            TrainingSettings preset = TrainingPresets.settings(method, environment);
            return new SavedTraining(method, environment, TrainingSettings.of(manifest.settings().group("options"), preset));
        } catch (IllegalArgumentException unknown) {
            throw new CheckpointException("The checkpoint " + checkpoint.file() + " is of no agent that can be used here: "
                    + unknown.getMessage(), unknown);
        }
    }
}
