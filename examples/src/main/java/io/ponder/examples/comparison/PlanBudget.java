package io.ponder.examples.comparison;

import io.ponder.engine.plan.Budget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit of every planning call as a user writes it: {@code 200k} model steps, {@code 5ms}, or {@code default} for what the
 * comparison chose for the environment.
 *
 * @param text       what was written
 * @param modelSteps the limit in model steps, 0 for none
 * @param nanos      the limit in nanoseconds, 0 for none
 */
public record PlanBudget(String text, long modelSteps, long nanos) {
    /** The comparison's own choice. */
    public static final PlanBudget DEFAULT = new PlanBudget("default", 0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*(k|m|us|ms|s)?");

    /**
     * Reads a budget.
     *
     * @throws IllegalArgumentException if the text is not one; the message says what is allowed
     */
    public static PlanBudget parse(String name, String text) {
        String plain = text.trim().toLowerCase(Locale.ROOT);
        if (plain.equals(DEFAULT.text)) return DEFAULT;
        Matcher matcher = FORM.matcher(plain);
        if (!matcher.matches()) throw refuse(name, text);
        var number = new BigDecimal(matcher.group(1));
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        long scale = switch (unit) {
            case "k", "us" -> 1_000L;
            case "m", "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 1L;
        };
        BigDecimal value = number.multiply(BigDecimal.valueOf(scale));
        if (value.compareTo(BigDecimal.ONE) < 0 || value.compareTo(BigDecimal.valueOf(3_600_000_000_000L)) > 0) {
            throw refuse(name, text);
        }
        boolean time = unit.endsWith("s");
        return time ? new PlanBudget(plain, 0, value.longValue()) : new PlanBudget(plain, value.longValue(), 0);
    }

    private static IllegalArgumentException refuse(String name, String text) {
        return new IllegalArgumentException(name + " is '" + text
                + "', but it must be model steps such as 50000, 200k or 1m, or a time such as 500us, 5ms or 0.1s, or default.\n"
                + "Maybe write 200k for 200 000 model steps a plan, or 5ms for five milliseconds.");
    }

    /** Returns this limit for a planner; {@code otherwise} where it is the default. */
    public Budget orElse(Budget otherwise) {
        if (modelSteps > 0) return Budget.modelSteps(modelSteps);
        if (nanos > 0) return Budget.wallClock(Duration.ofNanos(nanos));
        return otherwise;
    }

    @Override
    public String toString() {
        return text;
    }
}
