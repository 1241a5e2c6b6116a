package io.ponder.engine.train.selfplay;

/**
 * Says where the time of a run went, in seconds since it began. Playing and learning overlap where they run on two threads.
 *
 * @param wallSeconds    time of playing and learning, evaluation not counted
 * @param searchSeconds  of a thread in search and environments, without the networks
 * @param networkSeconds of a thread in the networks during search; 0 unless the search is profiled
 * @param learnSeconds   of a thread in learning
 */
public record PhaseTimes(double wallSeconds, double searchSeconds, double networkSeconds, double learnSeconds) {
    /** Returns the times since an earlier moment. */
    public PhaseTimes since(PhaseTimes earlier) {
        return new PhaseTimes(
                wallSeconds - earlier.wallSeconds, searchSeconds - earlier.searchSeconds, networkSeconds - earlier.networkSeconds,
                learnSeconds - earlier.learnSeconds);
    }

    /** Returns the share of a phase's time in the busy time of all. */
    public double share(double seconds) {
        return seconds / (searchSeconds + networkSeconds + learnSeconds);
    }
}
