package io.ponder.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ponder.examples.NearestMatch;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads options of a training run from a file: one {@code name = value} a line, or one JSON object. */
final class TrainingConfigFile {
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private TrainingConfigFile() {}

    /** Returns the settings with the values of the file that {@code option} names. */
    static TrainingSettings read(String option, String value, TrainingSettings preset) {
        Path file = OutputFolder.path(option, value);
        List<String> names = TrainingOption.labels();
        Map<String, SettingsFile.Setting> found = startsWithBrace(file) ? json(option, file, names) : SettingsFile.read(option, file, names);
        TrainingSettings settings = preset;
        for (Map.Entry<String, SettingsFile.Setting> entry : found.entrySet()) {
            try {
                settings = settings.with(TrainingOption.of(entry.getKey()), entry.getValue().source(), entry.getValue().value());
            } catch (IllegalArgumentException refused) {
                throw new UsageException(String.valueOf(refused.getMessage()), refused);
            }
        }
        return settings;
    }

    /** What cannot be read is reported by who reads it as lines. */
    private static boolean startsWithBrace(Path file) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).strip().startsWith("{");
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Map<String, SettingsFile.Setting> json(String option, Path file, List<String> names) {
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JsonProcessingException wrong) {
            throw new UsageException(
                    option + " is '" + file + "', but it is no whole JSON object: " + wrong.getOriginalMessage() + ".",
                    "line " + (wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr()) + " lacks a comma or a quote.");
        } catch (IOException error) {
            throw new UsageException(
                    option + " is '" + file + "', but it must be a file that can be read: " + OutputFolder.reason(error) + ".", "check the name.");
        }
        Map<String, SettingsFile.Setting> settings = new LinkedHashMap<>();
        root.properties().forEach(entry -> {
            String name = entry.getKey();
            if (!names.contains(name)) {
                throw new UsageException(
                        "The setting '" + name + "' in " + file + " is unknown; it must be one of " + String.join(", ", names) + ".",
                        NearestMatch.advice(name, names, "remove it."));
            }
            settings.put(name, new SettingsFile.Setting(name + " (in " + file + ")", entry.getValue().asText()));
        });
        return settings;
    }
}
