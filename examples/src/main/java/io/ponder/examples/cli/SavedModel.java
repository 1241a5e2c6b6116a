package io.ponder.examples.cli;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.worldmodels.archive.ModelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes sure, before any work, that a saved model can be loaded for the environment it is wanted for. */
final class SavedModel {
    private SavedModel() {}

    /**
     * Returns the folder's name.
     *
     * @throws UsageException if there is no usable model, or it was learned in another environment
     */
    static String check(String option, String value, List<String> environments) {
        Path folder = OutputFolder.path(option, value);
        try {
            if (environments.size() != 1) {
                throw new UsageException(option + " is '" + value + "', but " + environments.size() + " environments are compared and a"
                        + " saved model belongs to one.", "name it with --env.");
            }
            Optional<String> learnedIn = ModelArchive.environment(folder);
            if (learnedIn.isPresent() && !learnedIn.get().equalsIgnoreCase(environments.get(0))) {
                throw new UsageException(option + " is '" + value + "', whose model was learned in " + learnedIn.get()
                        + ", but --env is " + environments.get(0) + ".", "use --env " + learnedIn.get() + ".");
            }
            return value;
        } catch (CheckpointException damaged) {
            throw new UsageException(option + " is '" + value + "': " + damaged.getMessage(), damaged);
        } catch (IOException error) {
            throw new UsageException(option + " is '" + value + "', but it must be a folder with a saved model: "
                    + OutputFolder.reason(error) + ".", "save one with 'ponder compare --save-models' or 'ponder fit'.");
        }
    }
}
