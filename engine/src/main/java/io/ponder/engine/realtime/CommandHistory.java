package io.ponder.engine.realtime;

/** Remembers the last commands with their times, so that those that still act on the system can be played through the model. */
final class CommandHistory {
    private final int actionSize;
    private final long[] times;
    private final float[] actions;
    private int count;
    private int newest = -1;

    CommandHistory(int capacity, int actionSize) {
        this.actionSize = actionSize;
        times = new long[capacity];
        actions = new float[capacity * actionSize];
    }

    void add(long time, float[] action) {
        newest = (newest + 1) % times.length;
        times[newest] = time;
        System.arraycopy(action, 0, actions, newest * actionSize, actionSize);
        count = Math.min(count + 1, times.length);
    }

    void copyFrom(CommandHistory other) {
        System.arraycopy(other.times, 0, times, 0, times.length);
        System.arraycopy(other.actions, 0, actions, 0, actions.length);
        count = other.count;
        newest = other.newest;
    }

    /** Tells whether a command was given at or after a time. */
    boolean reaches(long time) {
        return count > 0 && times[newest] - time >= 0;
    }

    /** Copies the command in force at a time, the last one given at or before it, and tells whether there is one. */
    boolean read(long time, float[] out, int offset) {
        for (int back = 0; back < count; back++) {
            int i = Math.floorMod(newest - back, times.length);
            if (time - times[i] < 0) continue;
            System.arraycopy(actions, i * actionSize, out, offset, actionSize);
            return true;
        }
        return false;
    }
}
