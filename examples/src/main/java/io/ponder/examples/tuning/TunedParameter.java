package io.ponder.examples.tuning;

import io.ponder.engine.Checks;

/**
 * A number that is tuned, between two bounds; where both are positive, by its logarithm.
 *
 * @param name  name of the parameter
 * @param low   least value
 * @param high  largest value, above {@code low}
 * @param usual value that is used where nothing is tuned
 * @param whole whether it is a whole number
 */
public record TunedParameter(String name, double low, double high, double usual, boolean whole) {
    public TunedParameter {
        Checks.inRange(name, usual, low, high);
        if (!(low < high)) throw new IllegalArgumentException("low of " + name + " is " + low + ", but it must be below high, " + high + ".");
    }

    private boolean logarithmic() {
        return low > 0;
    }

    /** Returns the value at a place from 0 ({@code low}) to 1 ({@code high}); places outside count as the nearest of them. */
    double value(double place) {
        double inside = Math.max(0, Math.min(1, place));
        double value = logarithmic() ? low * Math.pow(high / low, inside) : low + (high - low) * inside;
        return whole ? Math.rint(value) : value;
    }

    /** Returns the place of a value. */
    double place(double value) {
        return logarithmic() ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }
}
