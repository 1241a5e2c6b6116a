package io.ponder.engine.train;

import io.ponder.engine.plan.StopReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Says how healthy the plans of an episode were, from their diagnostics.
 *
 * @param decisions           plans
 * @param effectiveSampleSize mean over the plans that have one, NaN where none has
 * @param spread              mean spread of the search at the end of a plan, in half ranges, over the plans that have one; NaN where none has
 * @param largestViolation    the most by which a plan violated a constraint of its problem; 0 where none did
 * @param nonFiniteRollouts   imagined rollouts that were NaN or infinite
 * @param modelFailures       blocks of rollouts that the model threw in
 * @param stops               number of plans by what ended them; a copy is kept
 */
public record PlanHealth(
        int decisions, double effectiveSampleSize, double spread, double largestViolation, long nonFiniteRollouts, long modelFailures, Map<StopReason, Integer> stops) {
    /** No plans. */
    public static final PlanHealth NONE = new PlanHealth(0, Double.NaN, Double.NaN, 0, 0, 0, Map.of());

    public PlanHealth {
        stops = Map.copyOf(stops);
    }

    /** Returns the health of the plans of both, the means weighted by the plans. */
    public PlanHealth and(PlanHealth other) {
        Map<StopReason, Integer> together = new EnumMap<>(StopReason.class);
        together.putAll(stops);
        other.stops.forEach((reason, count) -> together.merge(reason, count, Integer::sum));
        return new PlanHealth(
                decisions + other.decisions,
                mean(effectiveSampleSize, decisions, other.effectiveSampleSize, other.decisions),
                mean(spread, decisions, other.spread, other.decisions),
                Math.max(largestViolation, other.largestViolation),
                nonFiniteRollouts + other.nonFiniteRollouts,
                modelFailures + other.modelFailures,
                together);
    }

    private static double mean(double a, int weightOfA, double b, int weightOfB) {
        if (Double.isNaN(a)) return b;
        return Double.isNaN(b) ? a : (a * weightOfA + b * weightOfB) / (weightOfA + weightOfB);
    }

    /** Returns what ended the plans as text, such as {@code completed 98 %, wall clock 2 %}; empty where there were none. */
    public String stopText() {
        var text = new StringBuilder();
        for (StopReason reason : StopReason.values()) {
            int count = stops.getOrDefault(reason, 0);
            if (count == 0) continue;
            text.append(text.isEmpty() ? "" : ", ").append(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            if (count < decisions) text.append(String.format(Locale.ROOT, " %.3g %%", 100.0 * count / decisions));
        }
        return text.toString();
    }
}
