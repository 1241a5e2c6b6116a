package io.ponder.examples.cli;

import io.ponder.examples.NearestMatch;
import io.ponder.examples.fitting.LogSpec;
import io.ponder.worldmodels.exact.ExactTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what {@code fit --spec} names: an environment, or a file of settings. */
final class LogSpecFile {
    private static final List<String> NAMES = List.of(
            "environment", "actions", "angles", "members", "layers", "width", "epochs", "batch", "horizon", "seed");

    private LogSpecFile() {}

    /** Returns the specification; an empty text is the default. */
    static LogSpec read(String text) {
        if (text.isEmpty()) return LogSpec.DEFAULT;
        for (String name : ExactTasks.names()) if (name.equalsIgnoreCase(text)) return LogSpec.DEFAULT.of(ExactTasks.find(name));
        Path file = OutputFolder.path("--spec", text);
        if (!Files.exists(file)) {
            throw new UsageException(
                    "--spec is '" + text + "', but it must be a file or one of " + String.join(", ", ExactTasks.names()) + ".",
                    NearestMatch.advice(text, ExactTasks.names(), "check the name of the file."));
        }
        return from(SettingsFile.read("--spec", file, NAMES));
    }

    private static LogSpec from(Map<String, SettingsFile.Setting> all) {
        LogSpec d = LogSpec.DEFAULT;
        var spec = new LogSpec(
                null,
                number(all, "actions", 0, 1000, 0),
                angles(all),
                number(all, "members", 1, 100, d.members()),
                number(all, "layers", 0, 20, d.layers()),
                number(all, "width", 1, 4096, d.width()),
                number(all, "epochs", 1, 100_000, d.epochs()),
                number(all, "batch", 1, 100_000, d.batch()),
                number(all, "horizon", 1, 10_000, d.horizon()),
                number(all, "seed", 0, Integer.MAX_VALUE, 0));
        SettingsFile.Setting environment = all.get("environment");
        if (environment == null) return spec;
        return spec.of(ExactTasks.find(OptionValues.choice(environment.source(), environment.value(), ExactTasks.names())));
    }

    private static int number(Map<String, SettingsFile.Setting> all, String name, int low, int high, int otherwise) {
        SettingsFile.Setting given = all.get(name);
        return given == null ? otherwise : OptionValues.wholeNumber(given.source(), given.value(), low, high);
    }

    private static List<Integer> angles(Map<String, SettingsFile.Setting> all) {
        SettingsFile.Setting given = all.get("angles");
        List<Integer> entries = new ArrayList<>();
        if (given == null) return entries;
        for (String part : given.value().split(",", -1)) entries.add(OptionValues.wholeNumber(given.source(), part, 0, 1_000_000));
        return entries.stream().distinct().sorted().toList();
    }
}
