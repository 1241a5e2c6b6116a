package io.ponder.engine.realtime;

/** Says where the action of a tick came from. */
public enum ActionOrigin {
    /** The plan that was to be played now. */
    PLAN,
    /** An older plan, played on because the one that was to begin has not come. */
    OLD_PLAN,
    /** The watchdog: there is no plan yet, or the last one is used up or based on too old an estimate. */
    WATCHDOG
}
