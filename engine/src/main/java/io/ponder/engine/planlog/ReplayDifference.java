package io.ponder.engine.planlog;

/**
 * The first place at which a replayed call answers something else than the log has.
 *
 * @param call     number of the call, from 0
 * @param what     the array, such as {@code actions}
 * @param place    the entry
 * @param logged   what the log has
 * @param replayed what came out now
 */
public record ReplayDifference(int call, String what, int place, float logged, float replayed) {
    @Override
    public String toString() {
        return "call " + call + ": " + what + "[" + place + "] is " + replayed + ", but it was " + logged;
    }
}
