package io.ponder.engine.tabular;

/** Plans in a finite process: gives the value of every state, of a certain policy or of the best one. */
@FunctionalInterface
public interface ProcessSolver {
    /** Returns the value of every state, a new array. */
    double[] values(TabularMdp mdp);

    /** Returns the solver that finds the optimal values by policy iteration. */
    static ProcessSolver optimal(double discount) {
        return mdp -> PolicyIteration.solve(mdp, discount).values();
    }

    /** Returns the solver that evaluates a policy, see {@link PolicyEvaluation}. */
    static ProcessSolver of(double[] policy, double discount) {
        double[] kept = policy.clone();
        return mdp -> PolicyEvaluation.values(mdp, kept, discount);
    }
}
