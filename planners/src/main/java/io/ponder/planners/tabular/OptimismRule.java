package io.ponder.planners.tabular;

import io.ponder.engine.Checks;

/** Says how far an estimate may be off after so many visits: a bonus on values or rewards, or a radius around probabilities. */
@FunctionalInterface
public interface OptimismRule {
    /** Returns the width after {@code visits} visits, at least 0 and not increasing. */
    double width(long visits);

    /** Returns the rule that trusts every estimate. */
    static OptimismRule none() {
        return visits -> 0;
    }

    /** Returns scale / sqrt(visits + 1). */
    static OptimismRule inverseRoot(double scale) {
        Checks.inRange("scale", scale, 0, Double.MAX_VALUE);
        return visits -> scale / Math.sqrt(visits + 1.0);
    }

    /**
     * Returns the L1 radius scale sqrt(14 S ln(2 A t / delta) / max(1, visits)) of UCRL2 (Jaksch, Ortner and Auer 2010, equation 4), at
     * most 2, which is where every distribution lies within.
     *
     * @param scale      1 in theory, far less in practice
     * @param steps      t, the steps so far
     * @param confidence delta, from 0 to 1
     */
    static OptimismRule l1Ball(double scale, int states, int actions, long steps, double confidence) {
        double constant = 14.0 * states * Math.log(2.0 * actions * Math.max(1, steps) / Checks.positive("confidence", confidence));
        return visits -> Math.min(2, scale * Math.sqrt(constant / Math.max(1, visits)));
    }
}
