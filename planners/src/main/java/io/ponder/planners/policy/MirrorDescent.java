package io.ponder.planners.policy;

import io.ponder.engine.Checks;

/**
 * Takes a step of mirror descent: {@code p ~ policy * exp(step * q)}, the maximum of {@code <p, q> - KL(p, policy) / step}
 * (Beck and Teboulle 2003; as a search, Sokota and others 2023, "The update-equivalence framework for decision-time planning").
 * The value is {@code ln(sum policy * exp(step * q)) / step}.
 *
 * <p>With common payoffs a small enough step never makes the value of the game worse; a large one approaches {@link Argmax},
 * which may.
 *
 * @param step greater than 0, in units of 1 / q
 */
public record MirrorDescent(double step) implements PolicyOperator {
    public MirrorDescent {
        Checks.positive("step", step);
    }

    @Override
    public double apply(double[] policy, double[] magnet, double[] q, int offset, int count, double[] out) {
        for (int i = offset; i < offset + count; i++) out[i] = q[i] + Math.log(policy[i]) / step;
        return Exponential.softmax(out, offset, count, 1 / step);
    }
}
