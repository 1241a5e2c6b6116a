package io.ponder.examples.training;

import io.ponder.worldmodels.latent.LatentScaling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lists everything that a training run can be told, with the values that are allowed. Presets and settings files use these names. */
public enum TrainingOption {
    STEPS(Kind.WHOLE, 1, 1e12, "environment steps of the run"),
    ENVIRONMENTS(Kind.WHOLE, 1, 4096, "environments played side by side"),
    SIMULATIONS(Kind.WHOLE, 1, 1e6, "simulations of a search"),
    PLAY_SIMULATIONS(Kind.WHOLE, 0, 1e6, "simulations of a move in games against others; 0 for those of training"),
    SAMPLES(Kind.WHOLE, 1, 10_000, "actions that a sampled search draws at a node"),
    LEAST_RANGE(Kind.NUMBER, 0, 1e9, "range by which the values of a search are divided at the least; 0 for the method's own"),
    BATCH(Kind.WHOLE, 1, 65_536, "positions of an optimiser step"),
    LEARNS_PER_STEP(Kind.NUMBER, 1e-6, 1e3, "optimiser steps for each environment step"),
    POSITIONS_BEFORE(Kind.WHOLE, 1, 1e9, "positions played before learning begins"),
    REANALYSED_PER_STEP(Kind.NUMBER, 0, 1e3, "positions searched again for each environment step"),
    EVALUATE_EVERY(Kind.WHOLE, 0, 1e12, "environment steps between evaluations; 0 for a tenth of the run"),
    EVALUATION_EPISODES(Kind.WHOLE, 1, 4096, "episodes of an evaluation"),
    FIRST_TEMPERATURE(Kind.NUMBER, 0, 1e3, "temperature of decisions at the beginning; Gumbel's search has none"),
    LAST_TEMPERATURE(Kind.NUMBER, 0, 1e3, "temperature of decisions at the end"),
    UNROLL(Kind.WHOLE, 1, 64, "imagined steps that are taught; AlphaZero imagines none"),
    VALUE_STEPS(Kind.WHOLE, 0, 1e6, "real rewards of a value target; 0 for the whole episode"),
    LAMBDA(Kind.NUMBER, 0, 1, "mixture of value targets; below 1 needs freshValues = false"),
    DISCOUNT(Kind.NUMBER, 0, 1, "of a step"),
    FRESH_VALUES(Kind.TRUTH, 0, 1, "value behind the last reward from the target network instead of the search"),
    CAPACITY(Kind.WHOLE, 1, 1e8, "positions of the replay"),
    PRIORITY_POWER(Kind.NUMBER, 0, 10, "0 draws all positions alike, 1 in proportion to the error of their value"),
    WEIGHT_POWER(Kind.NUMBER, 0, 1, "correction for the priorities"),
    LEARNING_RATE(Kind.NUMBER, 1e-9, 10, "of Adam"),
    WEIGHT_DECAY(Kind.NUMBER, 0, 1, "of Adam, decoupled"),
    MAXIMUM_NORM(Kind.NUMBER, 1e-9, 1e9, "norm that gradients are cut to"),
    POLICY_WEIGHT(Kind.NUMBER, 0, 1e6, "of the policy's loss"),
    VALUE_WEIGHT(Kind.NUMBER, 0, 1e6, "of the value's loss"),
    REWARD_WEIGHT(Kind.NUMBER, 0, 1e6, "of the reward's loss"),
    CONSISTENCY_WEIGHT(Kind.NUMBER, 0, 1e6, "of the distance between imagined and seen states"),
    LATENT_GRADIENT(Kind.NUMBER, 0, 1, "share of the derivative that flows through an imagined step"),
    TARGET_EVERY(Kind.WHOLE, 1, 1e9, "optimiser steps after which the target network is renewed"),
    BOARD_HEIGHT(Kind.WHOLE, 0, 100, "rows of a board, for convolutions; 0 for dense layers"),
    BOARD_WIDTH(Kind.WHOLE, 0, 100, "columns of a board"),
    CHANNELS(Kind.WHOLE, 1, 4096, "channels of a convolution"),
    BLOCKS(Kind.WHOLE, 1, 100, "residual blocks of convolutions"),
    HIDDEN(Kind.WHOLE, 1, 65_536, "units of a hidden layer"),
    LATENT(Kind.WHOLE, 1, 65_536, "entries of an imagined state of dense layers"),
    VALUE_PREFIX(Kind.WHOLE, 0, 4096, "units of a memory with which sums of rewards are learned instead of rewards; 0 for none"),
    CODES(Kind.WHOLE, 2, 65_536, "chance codes of a stochastic model"),
    CHANCE_TOLD(Kind.TRUTH, 0, 1, "chance codes of a stochastic model are the outcomes of the rules, read off the observations"),
    DEPTH(Kind.WHOLE, 1, 100, "hidden layers of the dynamics"),
    SCALING(Kind.SCALING, 0, 0, "what keeps imagined states in a range: none, min_max, simplicial, tanh"),
    VALUE_LOW(Kind.NUMBER, -1e9, 1e9, "lowest value that can be learned"),
    VALUE_HIGH(Kind.NUMBER, -1e9, 1e9, "highest value that can be learned"),
    VALUE_BINS(Kind.WHOLE, 2, 10_000, "bins of a value"),
    REWARD_LOW(Kind.NUMBER, -1e9, 1e9, "lowest reward that can be learned"),
    REWARD_HIGH(Kind.NUMBER, -1e9, 1e9, "highest reward that can be learned"),
    REWARD_BINS(Kind.WHOLE, 2, 10_000, "bins of a reward"),
    OPPONENT(Kind.TEXT, 0, 0, "who a game is evaluated against, as in 'ponder play --agent'");

    /** What values look like. */
    enum Kind {
        WHOLE,
        NUMBER,
        TRUTH,
        SCALING,
        TEXT
    }

    private final Kind kind;
    private final double low;
    private final double high;
    private final String help;
    private final String label;

    TrainingOption(Kind kind, double low, double high, String help) {
        this.kind = kind;
        this.low = low;
        this.high = high;
        this.help = help;
        String[] words = name().toLowerCase(Locale.ROOT).split("_", -1);
        var camel = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) camel.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        label = camel.toString();
    }

    /** Returns the name in files, such as {@code learnsPerStep}. */
    public String label() {
        return label;
    }

    /** Returns what it is, in a few words. */
    public String help() {
        return help;
    }

    Kind kind() {
        return kind;
    }

    /** Returns all names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(TrainingOption::label).toList();
    }

    /** Returns the option of a name that is one of {@link #labels}. */
    public static TrainingOption of(String label) {
        for (TrainingOption option : values()) {
            if (option.label.equals(label)) return option;
        }
        throw new IllegalArgumentException("option is '" + label + "', but it must be one of " + String.join(", ", labels()) + ".");
    }

    /**
     * Returns a value as it is kept.
     *
     * @param source names the value in messages
     * @throws IllegalArgumentException if it is not allowed
     */
    String check(String source, String value) {
        String text = value.strip();
        switch (kind) {
            case WHOLE -> {
                long number = whole(source, text);
                if (number < low || number > high) throw refuse(source, text, "a whole number" + range());
                return Long.toString(number);
            }
            case NUMBER -> {
                double number;
                try {
                    number = Double.parseDouble(text);
                } catch (NumberFormatException notANumber) {
                    throw refuse(source, text, "a number" + range());
                }
                if (!(number >= low && number <= high)) throw refuse(source, text, "a number" + range());
                return Double.toString(number);
            }
            case TRUTH -> {
                if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) return text.toLowerCase(Locale.ROOT);
                throw refuse(source, text, "true or false");
            }
            case SCALING -> {
                for (LatentScaling scaling : LatentScaling.values()) {
                    if (scaling.name().equalsIgnoreCase(text)) return text.toLowerCase(Locale.ROOT);
                }
                throw refuse(source, text, "one of none, min_max, simplicial, tanh");
            }
            default -> {
                if (text.isEmpty()) throw refuse(source, text, help);
                return text;
            }
        }
    }

    private long whole(String source, String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException notWhole) {
            throw refuse(source, text, "a whole number" + range());
        }
    }

    private String range() {
        return " from " + plain(low) + " to " + plain(high);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private IllegalArgumentException refuse(String source, String text, String allowed) {
        return new IllegalArgumentException(source + " is '" + text + "', but it must be " + allowed + ".\nMaybe leave it out to use the preset ("
                + help + ").");
    }
}
