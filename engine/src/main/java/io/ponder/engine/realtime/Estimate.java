package io.ponder.engine.realtime;

/** What the control thread knew when it handed an estimate over. */
final class Estimate {
    final float[] observation;
    final CommandHistory commands;
    /** When the system was in this state. */
    long measuredNanos;
    /** When the control thread handed it over: commands given later are not among {@link #commands}. */
    long handedNanos;

    Estimate(int observationSize, int commandCapacity, int actionSize) {
        observation = new float[observationSize];
        commands = new CommandHistory(commandCapacity, actionSize);
    }
}
