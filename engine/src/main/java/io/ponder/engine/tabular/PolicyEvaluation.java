package io.ponder.engine.tabular;

import io.ponder.engine.Checks;

/**
 * Finds the value of a policy exactly: solves V = r + discount P V as a system of linear equations (Puterman 1994, theorem 6.1.1), which
 * takes S^3 / 3 operations.
 */
public final class PolicyEvaluation {
    private PolicyEvaluation() {}

    /**
     * Returns the value of every state under a policy.
     *
     * @param policy   {@code [states x actions]} probabilities of the actions, state by state. Not modified.
     * @param discount from 0 to 1; with 1 the policy must end an episode from everywhere
     * @throws IllegalArgumentException if the equations have no single solution, because with discount 1 some state never ends
     */
    public static double[] values(TabularMdp mdp, double[] policy, double discount) {
        int n = mdp.stateCount();
        Checks.same("length of the policy", policy.length, "states x actions", n * mdp.actionCount());
        Checks.inRange("discount", discount, 0, 1);
        double[] matrix = new double[n * n];
        double[] right = new double[n];
        for (int s = 0; s < n; s++) {
            matrix[s * n + s] = 1;
            for (int a = 0; a < mdp.actionCount(); a++) {
                double share = policy[s * mdp.actionCount() + a];
                if (share == 0) continue;
                for (int i = 0; i < mdp.outcomeCount(s, a); i++) {
                    double p = share * mdp.probability(s, a, i);
                    right[s] += p * mdp.reward(s, a, i);
                    if (!mdp.terminated(s, a, i)) matrix[s * n + mdp.nextState(s, a, i)] -= discount * p;
                }
            }
        }
        solve(matrix, right, n);
        return right;
    }

    /** Returns the policy that takes one action in every state. */
    public static double[] deterministic(int[] action, int actions) {
        double[] policy = new double[action.length * actions];
        for (int s = 0; s < action.length; s++) policy[s * actions + action[s]] = 1;
        return policy;
    }

    /** Solves by Gaussian elimination with partial pivoting. Both arrays are modified; the solution is left in {@code right}. */
    private static void solve(double[] matrix, double[] right, int n) {
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(matrix[row * n + column]) > Math.abs(matrix[pivot * n + column])) pivot = row;
            }
            // Rows sum to 1 - discount at least, so a smaller pivot means that probability never leaves.
            if (Math.abs(matrix[pivot * n + column]) < 1e-13) {
                throw new IllegalArgumentException("The values of this policy are not finite: from some state its episodes never end.\n"
                        + "Maybe use a discount below 1.");
            }
            if (pivot != column) swap(matrix, right, n, pivot, column);
            for (int row = column + 1; row < n; row++) {
                double factor = matrix[row * n + column] / matrix[column * n + column];
                if (factor == 0) continue;
                for (int k = column; k < n; k++) matrix[row * n + k] -= factor * matrix[column * n + k];
                right[row] -= factor * right[column];
            }
        }
        for (int row = n - 1; row >= 0; row--) {
            double sum = right[row];
            for (int k = row + 1; k < n; k++) sum -= matrix[row * n + k] * right[k];
            right[row] = sum / matrix[row * n + row];
        }
    }

    private static void swap(double[] matrix, double[] right, int n, int a, int b) {
        for (int k = 0; k < n; k++) {
            double held = matrix[a * n + k];
            matrix[a * n + k] = matrix[b * n + k];
            matrix[b * n + k] = held;
        }
        double held = right[a];
        right[a] = right[b];
        right[b] = held;
    }
}
