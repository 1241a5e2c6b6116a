package io.ponder.examples.cli;

import io.ponder.examples.NearestMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Reads the values of options. Every method names the option (or the line of a settings file), the value and what is allowed when
 * the value cannot be taken.
 */
public final class OptionValues {
    private OptionValues() {}

    /** Returns a whole number from {@code low} to {@code high}. */
    public static int wholeNumber(String option, String value, int low, int high) {
        try {
            int number = Integer.parseInt(value.trim());
            if (number >= low && number <= high) return number;
        } catch (NumberFormatException notANumber) {
            // Reported below, as an integer outside the range is.
        }
        throw new UsageException(
                option + " is '" + value + "', but it must be a whole number from " + low + " to " + high + ".",
                "leave " + bare(option) + " out to use its default.");
    }

    /** Returns true or false. */
    public static boolean truth(String option, String value) {
        String text = value.trim().toLowerCase(Locale.ROOT);
        if (text.equals("true") || text.equals("yes")) return true;
        if (text.equals("false") || text.equals("no")) return false;
        throw new UsageException(option + " is '" + value + "', but it must be true or false.", "write " + bare(option) + " = true.");
    }

    /** Returns the one of {@code allowed} that {@code value} names, whatever its case. */
    public static String choice(String option, String value, Collection<String> allowed) {
        for (String name : allowed) if (name.equalsIgnoreCase(value.trim())) return name;
        throw new UsageException(
                option + " is '" + value + "', but it must be one of " + String.join(", ", allowed) + ".",
                NearestMatch.advice(value.trim(), allowed, "choose one of these names; their case does not matter."));
    }

    /** Returns the names of a comma-separated list, each one of {@code allowed}, each once, in the order given. */
    public static List<String> choices(String option, String value, Collection<String> allowed) {
        List<String> chosen = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            if (part.isBlank()) {
                throw new UsageException(
                        option + " is '" + value + "', but it must be names separated by single commas, from "
                                + String.join(", ", allowed) + ".",
                        "remove the empty place in the list.");
            }
            String name = choice(option, part, allowed);
            if (!chosen.contains(name)) chosen.add(name);
        }
        return List.copyOf(chosen);
    }

    private static String bare(String option) {
        int end = option.indexOf(' ');
        return end < 0 ? option : option.substring(0, end);
    }
}
