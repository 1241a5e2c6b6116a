package io.ponder.planners;

import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;

/**
 * Fits iterations into what is left of a budget: predicts their time from the iterations before, in this call and earlier ones.
 *
 * <p>The prediction rises at once and falls to a quarter, so that one slow iteration (the first, before compilation) soon stops
 * spoiling the calls after it.
 */
final class Pace {
    private final Clock clock;
    private final long stepsPerCandidate;
    private double nanosPerCandidate;
    private double nanosForAnswer;
    private long began;
    private boolean limitedByTime;

    /** Creates a pace; a candidate (of every row) costs {@code stepsPerCandidate} model steps. */
    Pace(Clock clock, long stepsPerCandidate) {
        this.clock = clock;
        this.stepsPerCandidate = stepsPerCandidate;
    }

    /** Tells whether no iteration was timed yet. */
    boolean unknown() {
        return nanosPerCandidate == 0;
    }

    /** Returns how many of {@code wanted} candidates still fit, and room for the evaluation of the answer; possibly 0. */
    int affordable(BudgetMeter meter, int wanted, long answerSteps) {
        long bySteps = (meter.modelStepsLeft() - answerSteps) / stepsPerCandidate;
        long left = meter.nanosLeft();
        // An answer that was never timed takes at least as long as one candidate of many.
        double reserved = answerSteps > 0 ? Math.max(nanosForAnswer, nanosPerCandidate) : 0;
        long byTime = left == Long.MAX_VALUE || unknown() ? wanted : (long) Math.max(0, (left - reserved) / nanosPerCandidate);
        limitedByTime = byTime < bySteps;
        return (int) Math.max(0, Math.min(wanted, Math.min(bySteps, byTime)));
    }

    /** Tells whether time was what limited the last {@link #affordable}, rather than model steps. */
    boolean limitedByTime() {
        return limitedByTime;
    }

    void begin() {
        began = clock.nanoTime();
    }

    /** Ends an iteration with some candidates of every row; not a whole number where it was broken off. */
    void end(double candidates) {
        nanosPerCandidate = predict(nanosPerCandidate, (clock.nanoTime() - began) / candidates);
    }

    /** Ends the evaluation of the answer. */
    void endAnswer() {
        nanosForAnswer = predict(nanosForAnswer, clock.nanoTime() - began);
    }

    private static double predict(double predicted, double seen) {
        return Math.max(seen, 0.25 * predicted + 0.75 * seen);
    }
}
