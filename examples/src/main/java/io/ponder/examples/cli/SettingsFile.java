package io.ponder.examples.cli;

import io.ponder.examples.NearestMatch;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a settings file: one {@code name = value} a line, where the names are those of the options without their dashes. Blank lines
 * and lines that begin with {@code #} are comments. A name that is unknown or given twice is an error.
 *
 * <pre>{@code
 * # two planners on the pendulum
 * env      = Pendulum-v1
 * planners = cem, icem
 * budget   = 20k
 * }</pre>
 */
final class SettingsFile {
    /**
     * One setting.
     *
     * @param source names it in messages, such as {@code seeds (line 3 of my.settings)}
     */
    record Setting(String source, String value) {}

    private SettingsFile() {}

    /** Returns the settings by name, in the order of the file that {@code option} names. */
    static Map<String, Setting> read(String option, Path file, Collection<String> names) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(option, file)) {
            number++;
            String text = line.strip();
            if (number == 1 && text.startsWith("\uFEFF")) text = text.substring(1).strip();
            if (text.isEmpty() || text.startsWith("#")) continue;
            String place = "line " + number + " of " + file;
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "The " + place + " is '" + text + "', but it must be 'name = value'.", "begin it with # to make it a comment.");
            }
            String name = text.substring(0, equals).strip();
            if (!names.contains(name)) {
                throw new UsageException(
                        "The setting '" + name + "' in " + place + " is unknown; it must be one of " + String.join(", ", names) + ".",
                        NearestMatch.advice(name, names, "remove the line."));
            }
            var setting = new Setting(name + " (" + place + ")", text.substring(equals + 1).strip());
            if (settings.put(name, setting) != null) {
                throw new UsageException("The setting '" + name + "' in " + place + " is given twice.", "remove one of the lines.");
            }
        }
        return settings;
    }

    private static List<String> lines(String option, Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException binary) {
            throw new UsageException(option + " is '" + file + "', but it must be a text file in UTF-8.", "it is another file that you meant.");
        } catch (IOException error) {
            String reason = Files.isDirectory(file) ? "it is a folder" : OutputFolder.reason(error);
            throw new UsageException(
                    option + " is '" + file + "', but it must be a file that can be read: " + reason + ".",
                    "check the name; lines of the file look like 'seeds = 5'.");
        }
    }
}
