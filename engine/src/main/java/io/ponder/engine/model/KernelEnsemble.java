package io.ponder.engine.model;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * States a learned model for a {@link KernelPlan}: networks, what they read, and what is made of their outputs. The stages of a chain
 * fill it from the inside out; the arrays are live until the plan is used. Not thread-safe.
 *
 * <p>Input i of the networks is {@code (source - inputMean[i]) / inputScale[i]}. Output d is a mean; with {@code probabilistic} output
 * D + d is a raw log-variance, bounded softly by {@code logVarianceMax} and {@code logVarianceMin}. Then
 * {@code mean * targetScale + targetMean}, {@code logVariance + 2 ln targetScale}, and with {@code delta} the observation is added to
 * the first means. A target after the observations is the reward.
 */
public final class KernelEnsemble {
    private final KernelNetwork network;
    private final int observationSize;
    private final int targetSize;
    private final boolean probabilistic;
    private Input[] inputs;
    private final float[] inputMean;
    private final float[] inputScale;
    private final float[] targetMean;
    private final float[] targetScale;
    private final float[] logVarianceMax;
    private final float[] logVarianceMin;
    private boolean delta;
    private boolean sampled;
    private KernelPropagation propagation = KernelPropagation.MEMBER_PER_ROLLOUT;

    /** What an input of the networks is made of. */
    public enum Source {
        /** An entry of the observation. */
        OBSERVATION,
        /** The sine of an entry of the observation. */
        SINE,
        /** The cosine of an entry of the observation. */
        COSINE,
        /** An entry of the action. */
        ACTION,
        /** 1 where the discrete action is {@code index}, else 0. */
        INDICATOR
    }

    /**
     * One input of the networks.
     *
     * @param source what it is made of
     * @param index  the entry, or the action that an indicator stands for
     */
    public record Input(Source source, int index) {}

    /**
     * Creates a statement in which inputs and outputs are used as they are: the inputs are the observation, then the action.
     *
     * @param observationSize entries of the observation that the networks read
     * @param targetSize      entries D that they predict
     * @param probabilistic   whether they predict log-variances as well
     */
    public KernelEnsemble(KernelNetwork network, int observationSize, int targetSize, boolean probabilistic) {
        this.network = network;
        this.observationSize = Checks.positive("observationSize", observationSize);
        this.targetSize = Checks.positive("targetSize", targetSize);
        this.probabilistic = probabilistic;
        Checks.same("outputs of the networks", network.outputs(), "predicted entries", probabilistic ? 2 * targetSize : targetSize);
        int count = network.inputs();
        inputs = new Input[count];
        for (int i = 0; i < count; i++) {
            inputs[i] = i < observationSize ? new Input(Source.OBSERVATION, i) : new Input(Source.ACTION, i - observationSize);
        }
        inputMean = new float[count];
        inputScale = ones(count);
        targetMean = new float[targetSize];
        targetScale = ones(targetSize);
        logVarianceMax = new float[targetSize];
        logVarianceMin = new float[targetSize];
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Says what the inputs are made of, one for each input of the networks. */
    public void inputs(Input... newInputs) {
        Checks.same("number of inputs", newInputs.length, "inputs of the networks", inputs.length);
        inputs = newInputs.clone();
    }

    /** Says that the change of the observation is predicted. */
    public void predictsChange() {
        delta = true;
    }

    /** Says which member steps a column, and whether the next observation is drawn from its Gaussian. */
    public void propagate(KernelPropagation mode, boolean draws) {
        propagation = mode;
        sampled = draws;
    }

    /** Returns the networks. */
    public KernelNetwork network() {
        return network;
    }

    /** Returns the rows of the observation that the innermost stage reads. */
    public int observationSize() {
        return observationSize;
    }

    /** Returns the predicted entries D. */
    public int targetSize() {
        return targetSize;
    }

    /** Tells whether log-variances are predicted. */
    public boolean probabilistic() {
        return probabilistic;
    }

    /** Returns input i. */
    public Input input(int i) {
        return inputs[i];
    }

    /** Returns the means of the inputs, live. */
    public float[] inputMean() {
        return inputMean;
    }

    /** Returns the scales of the inputs, live. */
    public float[] inputScale() {
        return inputScale;
    }

    /** Returns the means of the targets {@code [D]}, live. */
    public float[] targetMean() {
        return targetMean;
    }

    /** Returns the scales of the targets {@code [D]}, live. */
    public float[] targetScale() {
        return targetScale;
    }

    /** Returns the upper bounds of the log-variances {@code [D]}, live. */
    public float[] logVarianceMax() {
        return logVarianceMax;
    }

    /** Returns the lower bounds of the log-variances {@code [D]}, live. */
    public float[] logVarianceMin() {
        return logVarianceMin;
    }

    /** Tells whether the change of the observation is predicted. */
    public boolean delta() {
        return delta;
    }

    /** Tells whether the next observation is drawn. */
    public boolean sampled() {
        return sampled;
    }

    /** Tells which member steps a column. */
    public KernelPropagation propagation() {
        return propagation;
    }
}
