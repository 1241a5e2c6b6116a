package io.ponder.engine;

/** Argument checks that return the checked value, so that they sit in the assignment. */
public final class Checks {
    private Checks() {}

    /** Returns {@code value} if it is at least 1. */
    public static int positive(String name, int value) {
        if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", but it must be at least 1.");
        return value;
    }

    /** Returns {@code value} if it is greater than 0 and finite. */
    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", but it must be greater than 0 and finite.");
        }
        return value;
    }

    /** Returns {@code value} if it is at least 0. */
    public static int nonNegative(String name, int value) {
        if (value < 0) throw new IllegalArgumentException(name + " is " + value + ", but it must be at least 0.");
        return value;
    }

    /** Returns {@code value} if it is at least 0. */
    public static long nonNegative(String name, long value) {
        if (value < 0) throw new IllegalArgumentException(name + " is " + value + ", but it must be at least 0.");
        return value;
    }

    /** Returns {@code value} if {@code low <= value <= high}. */
    public static int inRange(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " is " + value + ", but it must be from " + low + " to " + high + ".");
        }
        return value;
    }

    /** Returns {@code value} if {@code low <= value <= high}; a NaN is refused. */
    public static double inRange(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " is " + value + ", but it must be from " + low + " to " + high + ".");
        }
        return value;
    }

    /** Returns {@code array} if it holds at least {@code needed} entries; {@code shape} says how they are counted. */
    public static float[] length(String name, float[] array, int needed, String shape) {
        if (array.length < needed) {
            throw new IllegalArgumentException(name + " has " + array.length + " entries, but " + shape + " needs " + needed
                    + ".\nMaybe the buffer was made for a smaller batch.");
        }
        return array;
    }

    /** Throws unless both sizes agree. */
    public static int same(String name, int value, String otherName, int other) {
        if (value != other) {
            throw new IllegalArgumentException(name + " is " + value + ", but " + otherName + " is " + other + "; they must agree.");
        }
        return value;
    }
}
