package io.ponder.planners.tree;

import io.ponder.engine.Checks;

/**
 * Completes edge values: an edge without visits gets the mixed value, a blend of the network's value and the visited edges'
 * values; then scales all by {@code (maxVisitInit + largest edge visits) * valueScale}. mctx's {@code
 * qtransform_completed_by_mix_value} (Danihelka and others 2022, equation 8 and appendix D).
 *
 * @param valueScale   weight of a value against a logit
 * @param maxVisitInit visits that are added to the largest number of an edge
 * @param rescale      whether all completed values, those of illegal actions included, are brought to [0, 1] first
 * @param mixed        whether untried edges get the mixed value; without it, the network's value of the node
 * @param leastRange   smallest divisor of the rescaling, greater than 0
 */
public record CompletedQ(double valueScale, double maxVisitInit, boolean rescale, boolean mixed, double leastRange) {
    /** mctx's defaults. */
    public static final CompletedQ DEFAULT = new CompletedQ(0.1, 50, true, true, 1e-8);

    public CompletedQ {
        Checks.inRange("valueScale", valueScale, 0, 1e9);
        Checks.inRange("maxVisitInit", maxVisitInit, 0, 1e9);
        Checks.positive("leastRange", leastRange);
    }

    /** Returns this with another smallest divisor: differences that are small beside it weigh little. */
    public CompletedQ withLeastRange(double newLeastRange) {
        return new CompletedQ(valueScale, maxVisitInit, rescale, mixed, newLeastRange);
    }
}
