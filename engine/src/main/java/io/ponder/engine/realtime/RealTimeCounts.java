package io.ponder.engine.realtime;

/**
 * Counts what a {@link RealTimeLoop} has done so far.
 *
 * @param ticks              actions asked for: the sum of the next three
 * @param planTicks          actions of the plan that was to be played
 * @param oldPlanTicks       actions of an older plan, because the next one was late
 * @param watchdogTicks      watchdog actions
 * @param estimates          estimates handed over
 * @param supersededEstimates of these, estimates that a newer one replaced before the planner saw them
 * @param refusedEstimates   estimates with an entry that is NaN or infinite; they were ignored
 * @param staleEstimates     estimates that were too old to plan from when the planner came to them
 * @param plans              plans that were handed over
 * @param latePlans          of these, plans that came after their first action was due
 * @param cancelledPlans     of these, plans that were cancelled
 * @param failedPlans        calls of the planner, or of the model that forecasts, that threw
 * @param longestDelayNanos  the longest time by which a late plan missed its first action
 */
public record RealTimeCounts(
        long ticks,
        long planTicks,
        long oldPlanTicks,
        long watchdogTicks,
        long estimates,
        long supersededEstimates,
        long refusedEstimates,
        long staleEstimates,
        long plans,
        long latePlans,
        long cancelledPlans,
        long failedPlans,
        long longestDelayNanos) {}
