package io.ponder.planners.policy;

import io.ponder.engine.Checks;

/**
 * Takes a step of mirror descent that is drawn to a magnet: {@code p ~ (policy * magnet^(step * pull) * exp(step * q))^(1 / (1
 * + step * pull))}, the maximum of {@code <p, q> - pull * KL(p, magnet) - KL(p, policy) / step} (Sokota and others 2023, "A
 * unified approach to reinforcement learning, quantal response equilibria, and two-player zero-sum games", equation 12).
 *
 * <p>In a game of two players that sums to 0, repeated steps with small {@code step} approach the quantal response equilibrium
 * of temperature {@code pull}, where the magnet is uniform; with a pull that falls, an equilibrium.
 *
 * @param step greater than 0, in units of 1 / q
 * @param pull at least 0, in units of q; 0 is {@link MirrorDescent}
 */
public record MagneticMirrorDescent(double step, double pull) implements PolicyOperator {
    public MagneticMirrorDescent {
        Checks.positive("step", step);
        Checks.inRange("pull", pull, 0, Double.MAX_VALUE);
    }

    @Override
    public double apply(double[] policy, double[] magnet, double[] q, int offset, int count, double[] out) {
        for (int i = offset; i < offset + count; i++) {
            double drawn = pull == 0 ? 0 : pull * Math.log(magnet[i]);
            out[i] = q[i] + drawn + Math.log(policy[i]) / step;
        }
        return Exponential.softmax(out, offset, count, pull + 1 / step);
    }
}
