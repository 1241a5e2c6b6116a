package io.ponder.planners.tabular;

import io.ponder.engine.Checks;

/**
 * Decides when a learner plans anew. It is told about every transition, in their order, and keeps what it needs; not thread-safe.
 */
@FunctionalInterface
public interface SwitchSchedule {
    /**
     * Tells whether to plan anew after a transition.
     *
     * @param pair   state x actions + action of the transition
     * @param visits how often this pair has been tried, the transition included
     */
    boolean due(int pair, long visits);

    /** Returns the schedule that plans after every {@code steps} transitions. */
    static SwitchSchedule every(long steps) {
        if (steps < 1) throw new IllegalArgumentException("steps is " + steps + ", but it must be at least 1.");
        long[] seen = new long[1];
        return (pair, visits) -> ++seen[0] % steps == 0;
    }

    /** Returns the schedule that plans when the visits of any pair have doubled since the last plan (Jaksch, Ortner and Auer 2010). */
    static SwitchSchedule doubling(int pairs) {
        return new DoublingSchedule(pairs);
    }

    /**
     * Returns the schedule that plans when the determinant of the visits, the product of ridge + visits over all pairs, has doubled since
     * the last plan (Abbasi-Yadkori, Pál and Szepesvári 2011, section 5.1, for features that name the pair).
     */
    static SwitchSchedule determinant(double ridge) {
        Checks.positive("ridge", ridge);
        double[] grown = new double[1];
        return (pair, visits) -> {
            grown[0] += Math.log((ridge + visits) / (ridge + visits - 1));
            // A first visit with ridge 1 doubles exactly: rounding must not hide it.
            boolean due = grown[0] >= Math.log(2) - 1e-12;
            if (due) grown[0] = 0;
            return due;
        };
    }

    /** Returns the schedule that plans after each transition with a certain probability, as epochs of a discounted process end. */
    static SwitchSchedule geometric(double probability, long seed) {
        return new SampledSchedule(0, Checks.inRange("probability", probability, 0, 1), 0, seed);
    }

    /**
     * Returns the schedule of online sensitivity sampling: a transition is kept with probability p = min(1, constant / (ridge + kept)),
     * where {@code kept} sums 1 / p over those of its pair that were kept, and what is kept calls for a plan. After n visits about
     * constant x ln n were kept.
     *
     * <p>Source: Y. Li, Y. Wang, Y. Cheng and L. Yang, "Low-Switching Policy Gradient with Exploration via Online Sensitivity Sampling", 2023,
     * algorithm 2, for a class of functions that are free in every pair.
     */
    static SwitchSchedule sensitivity(int pairs, double constant, double ridge, long seed) {
        Checks.positive("pairs", pairs);
        Checks.positive("ridge", ridge);
        return new SampledSchedule(pairs, Checks.positive("constant", constant), ridge, seed);
    }
}
