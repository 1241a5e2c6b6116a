package io.ponder.examples.training;

import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.CheckpointManifest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Says what a checkpoint was trained as.
 *
 * @param method      the method
 * @param environment where it was trained
 * @param settings    all numbers
 */
public record SavedTraining(TrainingMethod method, TrainingEnvironment environment, TrainingSettings settings) {
    /**
     * Returns the agent of the newest usable checkpoint of a folder: a task whose model and search play, with everything that only
     * training needs as small as can be.
     *
     * @throws CheckpointException if there is none, or it is damaged or of something that was not trained here
     */
    public static TrainingTask agent(Path folder) throws IOException {
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load()) {
            SavedTraining saved = of(checkpoint);
            TrainingTask task = TrainingTask.of(
                    saved.method, saved.environment, saved.settings.with(TrainingOption.BATCH, "1"), checkpoint.manifest().seed());
            task.selfPlay().learner().state().read(checkpoint.weights(), checkpoint.manifest().training().group("run"));
            task.selfPlay().learner().publish();
            return task;
        } catch (IllegalArgumentException impossible) {
            throw new CheckpointException("The checkpoint in " + folder + " cannot be built again: " + impossible.getMessage(), impossible);
        }
    }

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
