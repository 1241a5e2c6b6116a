package io.ponder.examples.training;

import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.worldmodels.latent.LatentScaling;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a value for every {@link TrainingOption}. Immutable. */
public final class TrainingSettings {
    private static final Set<String> OFF = Set.of("0", "0.0", "false");

    private final Map<TrainingOption, String> values;

    TrainingSettings(Map<TrainingOption, String> values) {
        this.values = new EnumMap<>(values);
        for (TrainingOption option : TrainingOption.values()) {
            if (!values.containsKey(option)) throw new IllegalArgumentException("The option " + option.label() + " has no value.");
        }
    }

    /**
     * Returns these with another value of an option.
     *
     * @throws IllegalArgumentException if the value is not allowed
     */
    public TrainingSettings with(TrainingOption option, String value) {
        return with(option, option.label(), value);
    }

    /** Does the same; {@code source} names the value in messages, such as {@code hidden (line 3 of my.settings)}. */
    public TrainingSettings with(TrainingOption option, String source, String value) {
        Map<TrainingOption, String> changed = new EnumMap<>(values);
        changed.put(option, option.check(source, value));
        return new TrainingSettings(changed);
    }

    /** Returns the text of a value. */
    public String text(TrainingOption option) {
        return values.getOrDefault(option, "");
    }

    /** Returns a whole number. */
    public long whole(TrainingOption option) {
        return Long.parseLong(text(option));
    }

    /** Returns a whole number that fits an int. */
    public int integer(TrainingOption option) {
        return Math.toIntExact(whole(option));
    }

    /** Returns a number. */
    public double number(TrainingOption option) {
        return Double.parseDouble(text(option));
    }

    /** Returns a truth value. */
    public boolean truth(TrainingOption option) {
        return Boolean.parseBoolean(text(option));
    }

    LatentScaling scaling() {
        return LatentScaling.valueOf(text(TrainingOption.SCALING).toUpperCase(Locale.ROOT));
    }

    /** Returns all values as a settings file: one {@code name = value} a line, with what it is. */
    public String file() {
        var text = new StringBuilder();
        for (TrainingOption option : TrainingOption.values()) {
            text.append(String.format(Locale.ROOT, "# %s%n%s = %s%n", option.help(), option.label(), text(option)));
        }
        return text.toString();
    }

    ManifestFields fields() {
        var fields = new ManifestFields();
        for (TrainingOption option : TrainingOption.values()) {
            switch (option.kind()) {
                case WHOLE -> fields.put(option.label(), whole(option));
                case NUMBER -> fields.put(option.label(), number(option));
                case TRUTH -> fields.put(option.label(), truth(option));
                default -> fields.put(option.label(), text(option));
            }
        }
        return fields;
    }

    /** Returns the settings of a manifest; options that it does not know have the values of {@code otherwise}. */
    static TrainingSettings of(ManifestFields fields, TrainingSettings otherwise) throws CheckpointException {
        TrainingSettings settings = otherwise;
        for (TrainingOption option : TrainingOption.values()) {
            if (!fields.contains(option.label())) continue;
            String text = switch (option.kind()) {
                case WHOLE -> Long.toString(fields.whole(option.label()));
                case NUMBER -> Double.toString(fields.number(option.label()));
                case TRUTH -> Boolean.toString(fields.truth(option.label()));
                default -> fields.text(option.label());
            };
            try {
                settings = settings.with(option, text);
            } catch (IllegalArgumentException impossible) {
                throw new CheckpointException("The manifest holds a value that cannot be: " + impossible.getMessage(), impossible);
            }
        }
        return settings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingSettings settings && settings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns all values but those that are 0 or false, so that an option that comes to be changes no text. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .filter(entry -> !OFF.contains(entry.getValue()))
                .map(entry -> entry.getKey().label() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
