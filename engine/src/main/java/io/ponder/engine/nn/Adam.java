package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015), and with decoupled weight decay AdamW (Loshchilov and Hutter 2019).
 *
 * <p>{@code m = b1 m + (1 - b1) g}, {@code v = b2 v + (1 - b2) g^2}, {@code p -= rate m^ / (sqrt(v^) + epsilon)} with bias-corrected
 * {@code m^} and {@code v^}. Coupled decay adds {@code decay p} to g; decoupled decay first shrinks {@code p} by
 * {@code 1 - rate decay}. AMSGrad (Reddi et al. 2018) divides by the largest v so far.
 */
public final class Adam implements Optimiser {
    /**
     * States the options.
     *
     * @param beta1     decay of the mean of gradients, from 0 to below 1; default 0.9
     * @param beta2     decay of the mean of their squares, from 0 to below 1; default 0.999
     * @param epsilon   added to the root, greater than 0; default 1e-8
     * @param decoupled whether weight decay bypasses the gradient (AdamW); default false
     * @param amsgrad   whether the largest mean square is kept; default false
     */
    public record Parameters(double beta1, double beta2, double epsilon, boolean decoupled, boolean amsgrad) {
        public Parameters {
            Checks.inRange("beta1", beta1, 0, Math.nextDown(1.0));
            Checks.inRange("beta2", beta2, 0, Math.nextDown(1.0));
            Checks.positive("epsilon", epsilon);
        }

        /** Returns the defaults of Adam. */
        public static Parameters defaults() {
            return new Parameters(0.9, 0.999, 1e-8, false, false);
        }

        /** Returns the defaults of AdamW, to go with {@link ParameterGroups#weightDecay}. */
        public static Parameters adamW() {
            return new Parameters(0.9, 0.999, 1e-8, true, false);
        }
    }

    private final Parameters options;
    private final ParameterGroups.Range[] ranges;
    private final float[] mean;
    private final float[] square;
    private final float[] largest;
    private long steps;

    /** Creates an optimiser of {@code count} parameters with the default options and no weight decay. */
    public Adam(int count) {
        this(count, Parameters.defaults(), ParameterGroups.plain());
    }

    /** Creates an optimiser of {@code count} parameters. */
    public Adam(int count, Parameters options, ParameterGroups groups) {
        this.options = options;
        this.ranges = groups.ranges(Checks.nonNegative("count", count));
        this.mean = new float[count];
        this.square = new float[count];
        this.largest = new float[options.amsgrad() ? count : 0];
    }

    @Override
    public void step(float[] parameters, float[] gradient, double learningRate) {
        steps++;
        double correction = 1 - Math.pow(options.beta1(), steps);
        float inverseRoot = (float) (1 / Math.sqrt(1 - Math.pow(options.beta2(), steps)));
        for (ParameterGroups.Range range : ranges) {
            double rate = learningRate * range.learningRateFactor();
            float coupled = options.decoupled() ? 0 : (float) range.weightDecay();
            float keep = options.decoupled() ? (float) (1 - rate * range.weightDecay()) : 1;
            if (options.amsgrad()) {
                descendByLargest(parameters, gradient, range.from(), range.to(), (float) (rate / correction), inverseRoot, coupled, keep);
            } else {
                descend(parameters, gradient, range.from(), range.to(), (float) (rate / correction), inverseRoot, coupled, keep);
            }
        }
    }

    private void descend(float[] p, float[] gradient, int from, int to, float rate, float inverseRoot, float coupled, float keep) {
        float[] m = mean;
        float[] v = square;
        float beta1 = (float) options.beta1();
        float fresh1 = (float) (1 - options.beta1());
        float beta2 = (float) options.beta2();
        float fresh2 = (float) (1 - options.beta2());
        float epsilon = (float) options.epsilon();
        for (int i = from; i < to; i++) {
            float g = gradient[i] + coupled * p[i];
            float newMean = beta1 * m[i] + fresh1 * g;
            float newSquare = beta2 * v[i] + fresh2 * (g * g);
            m[i] = newMean;
            v[i] = newSquare;
            p[i] = keep * p[i] - rate * newMean / ((float) Math.sqrt(newSquare) * inverseRoot + epsilon);
        }
    }

    private void descendByLargest(float[] p, float[] gradient, int from, int to, float rate, float inverseRoot, float coupled, float keep) {
        float beta1 = (float) options.beta1();
        float fresh1 = (float) (1 - options.beta1());
        float beta2 = (float) options.beta2();
        float fresh2 = (float) (1 - options.beta2());
        float epsilon = (float) options.epsilon();
        for (int i = from; i < to; i++) {
            float g = gradient[i] + coupled * p[i];
            mean[i] = beta1 * mean[i] + fresh1 * g;
            square[i] = beta2 * square[i] + fresh2 * (g * g);
            largest[i] = Math.max(largest[i], square[i]);
            p[i] = keep * p[i] - rate * mean[i] / ((float) Math.sqrt(largest[i]) * inverseRoot + epsilon);
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
        Map<String, float[]> state = new LinkedHashMap<>();
        state.put("exp_avg", mean);
        state.put("exp_avg_sq", square);
        if (options.amsgrad()) state.put("max_exp_avg_sq", largest);
        return state;
    }

    @Override
    public void reset() {
        steps = 0;
        Arrays.fill(mean, 0f);
        Arrays.fill(square, 0f);
        Arrays.fill(largest, 0f);
    }
}
