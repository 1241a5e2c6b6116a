package io.ponder.engine.realtime;

import java.time.Duration;

/**
 * Says how a plan and the system it is for are placed in time.
 *
 * @param step            the time that one model step covers
 * @param controlPeriod   the time for which a command is held, usually {@code step} or a fraction of it
 * @param planningTime    set aside for a call of the planner: its first action is due so long after the call began. Give the wall clock of
 *                        the budget and a little more.
 * @param actuationDelay  from a command until it acts on the system
 * @param estimateLatency the age of an estimate when it is handed over
 * @param tooLate         the oldest estimate that a plan may be based on while it is played; then the watchdog acts
 */
public record RealTimeParameters(
        Duration step,
        Duration controlPeriod,
        Duration planningTime,
        Duration actuationDelay,
        Duration estimateLatency,
        Duration tooLate) {
    public RealTimeParameters {
        positive("step", step);
        positive("controlPeriod", controlPeriod);
        notNegative("planningTime", planningTime);
        notNegative("actuationDelay", actuationDelay);
        notNegative("estimateLatency", estimateLatency);
        positive("tooLate", tooLate);
        Duration usual = planningTime.plus(estimateLatency);
        if (tooLate.compareTo(usual) <= 0) {
            throw new IllegalArgumentException("tooLate is " + tooLate.toNanos() / 1e6 + " ms, but a plan that is in time is based on an"
                    + " estimate of " + usual.toNanos() / 1e6 + " ms when it begins (planningTime + estimateLatency); it must be more."
                    + "\nMaybe allow several times as much.");
        }
    }

    /**
     * Returns parameters for a system that is controlled once a model step, at once and with fresh estimates; the planner may take
     * 80 % of a step, and the watchdog acts after five steps.
     */
    public static RealTimeParameters everyStep(Duration step) {
        positive("step", step);
        return new RealTimeParameters(step, step, step.multipliedBy(4).dividedBy(5), Duration.ZERO, Duration.ZERO, step.multipliedBy(5));
    }

    /** Returns these parameters with another time for which a command is held. */
    public RealTimeParameters withControlPeriod(Duration newControlPeriod) {
        return new RealTimeParameters(step, newControlPeriod, planningTime, actuationDelay, estimateLatency, tooLate);
    }

    /** Returns these parameters with another time for planning. */
    public RealTimeParameters withPlanningTime(Duration newPlanningTime) {
        return new RealTimeParameters(step, controlPeriod, newPlanningTime, actuationDelay, estimateLatency, tooLate);
    }

    /** Returns these parameters with another time from a command until it acts. */
    public RealTimeParameters withActuationDelay(Duration newActuationDelay) {
        return new RealTimeParameters(step, controlPeriod, planningTime, newActuationDelay, estimateLatency, tooLate);
    }

    /** Returns these parameters with another age of estimates. */
    public RealTimeParameters withEstimateLatency(Duration newEstimateLatency) {
        return new RealTimeParameters(step, controlPeriod, planningTime, actuationDelay, newEstimateLatency, tooLate);
    }

    /** Returns these parameters with another age of the estimate at which the watchdog acts. */
    public RealTimeParameters withTooLate(Duration newTooLate) {
        return new RealTimeParameters(step, controlPeriod, planningTime, actuationDelay, estimateLatency, newTooLate);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) throw refusal(name, value, "more than 0");
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) throw refusal(name, value, "at least 0");
    }

    private static IllegalArgumentException refusal(String name, Duration value, String bound) {
        return new IllegalArgumentException(name + " is " + value.toNanos() / 1e6 + " ms, but it must be " + bound + ".");
    }
}
