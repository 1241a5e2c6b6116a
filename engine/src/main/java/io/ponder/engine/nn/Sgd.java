package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum: {@code g += decay p}, {@code b = momentum b + (1 - dampening) g} (the first b is g),
 * {@code p -= rate b}, or with Nesterov's form {@code p -= rate (g + momentum b)}.
 */
public final class Sgd implements Optimiser {
    /**
     * States the options.
     *
     * @param momentum  from 0 to below 1; default 0
     * @param dampening from 0 to 1; default 0
     * @param nesterov  whether to look ahead; needs momentum and no dampening; default false
     */
    public record Parameters(double momentum, double dampening, boolean nesterov) {
        public Parameters {
            Checks.inRange("momentum", momentum, 0, 1);
            Checks.inRange("dampening", dampening, 0, 1);
            if (nesterov && (momentum == 0 || dampening != 0)) {
                throw new IllegalArgumentException("nesterov is true, but momentum is " + momentum + " and dampening is " + dampening
                        + "; it needs momentum and no dampening.");
            }
        }

        /** Returns plain descent. */
        public static Parameters plain() {
            return new Parameters(0, 0, false);
        }
    }

    private final Parameters options;
    private final ParameterGroups.Range[] ranges;
    private final float[] velocity;
    private long steps;

    /** Creates an optimiser of {@code count} parameters without weight decay. */
    public Sgd(int count, Parameters options) {
        this(count, options, ParameterGroups.plain());
    }

    /** Creates an optimiser of {@code count} parameters. */
    public Sgd(int count, Parameters options, ParameterGroups groups) {
        this.options = options;
        this.ranges = groups.ranges(Checks.nonNegative("count", count));
        this.velocity = new float[options.momentum() > 0 ? count : 0];
    }

    @Override
    public void step(float[] parameters, float[] gradient, double learningRate) {
        for (ParameterGroups.Range range : ranges) {
            float rate = (float) (learningRate * range.learningRateFactor());
            float decay = (float) range.weightDecay();
            if (options.momentum() == 0) {
                for (int i = range.from(); i < range.to(); i++) parameters[i] -= rate * (gradient[i] + decay * parameters[i]);
            } else {
                descend(parameters, gradient, range.from(), range.to(), rate, decay);
            }
        }
        steps++;
    }

    private void descend(float[] p, float[] gradient, int from, int to, float rate, float decay) {
        float momentum = steps == 0 ? 0 : (float) options.momentum();
        float fresh = steps == 0 ? 1 : (float) (1 - options.dampening());
        float ahead = options.nesterov() ? 1 : 0;
        float follow = options.nesterov() ? (float) options.momentum() : 1;
        float[] b = velocity;
        for (int i = from; i < to; i++) {
            float g = gradient[i] + decay * p[i];
            float moved = momentum * b[i] + fresh * g;
            b[i] = moved;
            p[i] -= rate * (ahead * g + follow * moved);
        }
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public void steps(long newSteps) {
        steps = Checks.nonNegative("steps", newSteps);
    }

    @Override
    public Map<String, float[]> state() {
        return velocity.length == 0 ? Map.of() : Map.of("momentum_buffer", velocity);
    }

    @Override
    public void reset() {
        steps = 0;
        Arrays.fill(velocity, 0f);
    }
}
