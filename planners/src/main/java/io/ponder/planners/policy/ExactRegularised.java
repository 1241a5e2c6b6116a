package io.ponder.planners.policy;

import io.ponder.engine.Checks;

/**
 * Takes the policy that visits of PUCT approach: {@code p = strength * policy / (height - q)}, with the height at which they
 * sum to 1; the maximum of {@code <p, q> - strength * KL(policy, p)} (Grill and others 2020, "Monte-Carlo tree search as
 * regularized policy optimization", equations 6 and 12). Actions with probability 0 keep it. The value is the maximum.
 *
 * @param strength greater than 0, in units of q
 */
public record ExactRegularised(double strength) implements PolicyOperator {
    /** Halvings of the interval; enough for the precision of a double. */
    private static final int HALVINGS = 64;

    public ExactRegularised {
        Checks.positive("strength", strength);
    }

    @Override
    public double apply(double[] policy, double[] magnet, double[] q, int offset, int count, double[] out) {
        // At low one term alone reaches 1, at high none exceeds its share: the sum falls from at least 1 to at most 1.
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + count; i++) {
            if (policy[i] == 0) continue;
            low = Math.max(low, q[i] + strength * policy[i]);
            high = Math.max(high, q[i] + strength);
        }
        for (int k = 0; k < HALVINGS; k++) {
            double middle = 0.5 * (low + high);
            double sum = 0;
            for (int i = offset; i < offset + count; i++) if (policy[i] > 0) sum += strength * policy[i] / (middle - q[i]);
            if (sum > 1) low = middle;
            else high = middle;
        }
        double value = 0;
        for (int i = offset; i < offset + count; i++) {
            double before = policy[i];
            double p = before == 0 ? 0 : strength * before / (high - q[i]);
            if (before > 0) value += p * q[i] - strength * before * Math.log(before / p);
            out[i] = p;
        }
        return value;
    }
}
