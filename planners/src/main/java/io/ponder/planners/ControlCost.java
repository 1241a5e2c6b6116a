package io.ponder.planners;

/** Says what a deviation from the mean plan costs in MPPI; U is the mean plan, e a candidate's deviation, C the covariance. */
public enum ControlCost {
    /** Nothing. */
    NONE,
    /**
     * {@code temperature * sum_t U_t' C^-1 e_t}: what importance sampling asks for (Williams et al. 2017). With coloured noise U, C and
     * e are those of the whole sequence.
     */
    INFORMATION_THEORETIC,
    /** {@code temperature * sum_t U_t' C^-1 |e_t|}, which rewards no deviation for its sign. */
    ABSOLUTE
}
