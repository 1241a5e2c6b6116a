package io.ponder.examples.comparison;

import java.util.ArrayList;
import java.util.List;

/** Tells every experiment of a run to stop. Safe for several threads. */
public final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean requested;

    /** Tells whether the run is to stop. */
    public boolean requested() {
        return requested;
    }

    /** Stops the run: {@link #requested} is true from now on, and everything that was to be told is told once. Returns at once. */
    public void request() {
        List<Runnable> toTell;
        synchronized (actions) {
            requested = true;
            toTell = List.copyOf(actions);
            actions.clear();
        }
        toTell.forEach(Runnable::run);
    }

    /** Has {@code action} (such as a planner's cancel) run when the run is stopped; at once where it already was. */
    public void onRequest(Runnable action) {
        synchronized (actions) {
            if (!requested) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    /** Forgets an action. */
    public void remove(Runnable action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }
}
