package io.ponder.planners.tuning;

import io.ponder.engine.Checks;

/**
 * States which values a setting may take.
 *
 * @param name        of the setting, for messages
 * @param low         lowest value
 * @param high        highest value, above {@code low}
 * @param logarithmic whether equal ratios are equally far apart; {@code low} is greater than 0 then
 * @param whole       whether only whole numbers are tried
 */
public record TuningRange(String name, double low, double high, boolean logarithmic, boolean whole) {
    public TuningRange {
        Checks.inRange("low of " + name, low, -Double.MAX_VALUE, Double.MAX_VALUE);
        Checks.inRange("high of " + name, high, Math.nextUp(low), Double.MAX_VALUE);
        if (logarithmic) Checks.positive("low of " + name, low);
    }

    /** Returns a range of real numbers, equal differences equally far apart. */
    public static TuningRange linear(String name, double low, double high) {
        return new TuningRange(name, low, high, false, false);
    }

    /** Returns a range of positive numbers, equal ratios equally far apart. */
    public static TuningRange logarithmic(String name, double low, double high) {
        return new TuningRange(name, low, high, true, false);
    }

    /** Returns a range of whole numbers. */
    public static TuningRange whole(String name, int low, int high) {
        return new TuningRange(name, low, high, false, true);
    }

    /** Returns the value at a place from 0 to 1. */
    double at(double place) {
        double value = logarithmic ? low * Math.pow(high / low, place) : low + (high - low) * place;
        double rounded = whole ? Math.rint(value) : value;
        return Math.max(low, Math.min(high, rounded));
    }

    /** Returns the place of a value. */
    double place(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }
}
