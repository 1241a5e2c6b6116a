package io.ponder.planners.policy;

import io.ponder.engine.Checks;

/**
 * Takes actions by {@code softmax(q / temperature)}, whatever the policy was: the maximum of {@code <p, q> + temperature *
 * entropy(p)} (Ziebart 2010). The value is {@code temperature * ln sum exp(q / temperature)}.
 *
 * @param temperature greater than 0, in units of q
 */
public record Softmax(double temperature) implements PolicyOperator {
    public Softmax {
        Checks.positive("temperature", temperature);
    }

    @Override
    public double apply(double[] policy, double[] magnet, double[] q, int offset, int count, double[] out) {
        System.arraycopy(q, offset, out, offset, count);
        return Exponential.softmax(out, offset, count, temperature);
    }
}
