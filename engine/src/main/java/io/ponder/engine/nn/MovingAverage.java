package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/** Follows parameters slowly: exponential moving averages for target networks and for sampling. Thread-safe; allocates nothing. */
public final class MovingAverage {
    private MovingAverage() {}

    /**
     * Moves an average towards the current parameters: {@code average += rate (current - average)}.
     *
     * @param average flat parameters. Modified.
     * @param current flat parameters of the same layout. Not modified.
     * @param count   number of parameters
     * @param rate    from 0 to 1, where 1 copies
     */
    public static void follow(float[] average, float[] current, int count, double rate) {
        float step = (float) Checks.inRange("rate", rate, 0, 1);
        for (int i = 0; i < count; i++) average[i] += step * (current[i] - average[i]);
    }

    /** Does {@link #follow(float[], float[], int, double)} with all parameters of two networks of one graph. */
    public static void follow(Network average, Network current, double rate) {
        Checks.same("parameters of the average", average.parameterCount(), "parameters of the network", current.parameterCount());
        follow(average.parameters(), current.parameters(), current.parameterCount(), rate);
    }
}
