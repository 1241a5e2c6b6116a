package io.ponder.planners.policy;

/**
 * Takes the best action, whatever the policy was; among equals the first. No penalty: what Monte Carlo search does (Tesauro and
 * Galperin 1996), and what the others come to as their steps grow. The value is the largest q.
 */
public record Argmax() implements PolicyOperator {
    @Override
    public double apply(double[] policy, double[] magnet, double[] q, int offset, int count, double[] out) {
        int best = offset;
        for (int i = offset + 1; i < offset + count; i++) if (q[i] > q[best]) best = i;
        double value = q[best];
        for (int i = offset; i < offset + count; i++) out[i] = i == best ? 1 : 0;
        return value;
    }
}
