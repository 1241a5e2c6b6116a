package io.ponder.examples.cli;

import io.ponder.engine.model.ModelSpec;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.worldmodels.archive.ModelArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saved model that a user wants to plan with, looked at before anything runs.
 *
 * @param option      the option that named it
 * @param folder      where it is
 * @param environment id of the task it was learned in, or null where that is not told or not known here
 */
record SavedModel(String option, Path folder, @Nullable String environment) {

    /** Returns the model of a folder; a folder without a usable one is wrong use. */
    static SavedModel read(String option, String value) {
        Path folder = OutputFolder.path(option, value);
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    option + " is '" + value + "', but it must be the folder of a saved model; there is none.",
                    "compare --save-models or fit makes one.");
        }
        try {
            String named = ModelArchive.environment(folder).orElse(null);
            String known = null;
            for (String id : Tasks.ids()) if (id.equalsIgnoreCase(named)) known = id;
            return new SavedModel(option, folder, known);
        } catch (IOException unusable) {
            throw refuse(option, value, unusable);
        }
    }

    private static UsageException refuse(String option, String value, IOException reason) {
        String[] lines = String.valueOf(reason.getMessage()).split("\nMaybe ", 2);
        return new UsageException(
                option + " is '" + value + "', but no model can be loaded from there: " + lines[0],
                lines.length > 1 ? lines[1] : "compare --save-models or fit makes one.");
    }

    /** Returns the environments to plan in where none is asked for. */
    List<String> environments() {
        if (environment != null) return List.of(environment);
        throw new UsageException(
                option + " is '" + folder + "', but the model does not tell an environment of " + String.join(", ", Tasks.ids()) + ".",
                "name one with --env.");
    }

    /** Makes sure that the model can be used in a task. */
    void requireFits(String id) {
        Task task = Tasks.find(id);
        try {
            ModelSpec spec = task.load(folder).model().spec();
            ModelSpec needed = task.exact().model().spec();
            boolean sameSizes = spec.observationSize() == needed.observationSize() && spec.actionSize() == needed.actionSize();
            if (sameSizes && spec.actionCount() == needed.actionCount()) return;
            throw new UsageException(
                    option + " is '" + folder + "', whose model has " + shape(spec) + ", but " + id + " needs " + shape(needed) + ".",
                    environment == null ? "choose another --env." : "plan in " + environment + ", where it was learned.");
        } catch (IOException unusable) {
            throw refuse(option, folder.toString(), unusable);
        }
    }

    private static String shape(ModelSpec spec) {
        return "observations of " + spec.observationSize() + " entries and "
                + (spec.actionCount() > 0 ? spec.actionCount() + " discrete actions" : "continuous actions of " + spec.actionSize());
    }
}
