package io.ponder.engine.realtime;

import java.util.Arrays;

/** Actions on a grid of times: first those that were committed when the plan was made, then those of the plan. */
final class Trajectory {
    private final int actionSize;
    private float[] actions = {};
    /** When action 0 is to be commanded. */
    long startNanos;
    long stepNanos;
    int steps;
    /** The planned actions begin here. */
    int committed;
    /** When the system was in the state that the plan is based on. */
    long measuredNanos;
    /** 0 before the first plan. */
    long number;

    Trajectory(int actionSize) {
        this.actionSize = actionSize;
    }

    /** Returns the actions {@code [steps x A]}, after making room for so many; what is there stays. */
    float[] room(int newSteps) {
        if (actions.length < newSteps * actionSize) actions = Arrays.copyOf(actions, newSteps * actionSize);
        return actions;
    }

    /** Returns when the first planned action is to be commanded. */
    long dueNanos() {
        return startNanos + committed * stepNanos;
    }

    /** Copies the action of a time and tells whether there is one. */
    boolean read(long time, float[] out, int offset) {
        if (number == 0) return false;
        long step = Math.floorDiv(time - startNanos, stepNanos);
        if (step < 0 || step >= steps) return false;
        System.arraycopy(actions, (int) step * actionSize, out, offset, actionSize);
        return true;
    }

    void copyFrom(Trajectory other) {
        System.arraycopy(other.actions, 0, room(other.steps), 0, other.steps * actionSize);
        startNanos = other.startNanos;
        stepNanos = other.stepNanos;
        steps = other.steps;
        committed = other.committed;
        measuredNanos = other.measuredNanos;
        number = other.number;
    }
}
