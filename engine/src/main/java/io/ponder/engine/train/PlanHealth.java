package io.ponder.engine.train;

import io.ponder.engine.plan.StopReason;
import java.util.Arrays;
import java.util.Locale;

/**
 * Says how healthy the plans of an episode were, from their diagnostics.
 *
 * @param decisions           plans
 * @param effectiveSampleSize mean over the plans that have one, NaN where none has
 * @param spread              mean spread of the search at the end of a plan, in half ranges, over the plans that have one; NaN where none has
 * @param nonFiniteRollouts   imagined rollouts that were NaN or infinite
 * @param modelFailures       blocks of rollouts that the model threw in
 * @param stops               plans by what ended them, in the order of {@link StopReason}. Not to be modified.
 */
public record PlanHealth(
        int decisions, double effectiveSampleSize, double spread, long nonFiniteRollouts, long modelFailures, int[] stops) {
    /** No plans. */
    public static final PlanHealth NONE = new PlanHealth(0, Double.NaN, Double.NaN, 0, 0, new int[StopReason.values().length]);

    /** Returns the health of the plans of both, the means weighted by the plans. */
    public PlanHealth and(PlanHealth other) {
        int[] together = stops.clone();
        Arrays.setAll(together, i -> stops[i] + other.stops[i]);
        return new PlanHealth(
                decisions + other.decisions,
                mean(effectiveSampleSize, decisions, other.effectiveSampleSize, other.decisions),
                mean(spread, decisions, other.spread, other.decisions),
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
            int count = stops[reason.ordinal()];
            if (count == 0) continue;
            text.append(text.isEmpty() ? "" : ", ").append(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            if (count < decisions) text.append(String.format(Locale.ROOT, " %.3g %%", 100.0 * count / decisions));
        }
        return text.toString();
    }
}
