package io.ponder.gpu;

import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.KernelNetwork;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.tensor.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays a learned model out in one array of whole numbers and one of floats, as {@link EnsembleKernel} reads them. */
final class EnsembleLayout {
    static final int MEMBERS = 0;
    static final int MEMBER_SIZE = 1;
    static final int LAYERS = 2;
    static final int INPUTS = 3;
    static final int TARGETS = 4;
    static final int DELTA = 5;
    static final int SAMPLED = 6;
    static final int PROPAGATION = 7;
    static final int DRAWS = 8;
    static final int REWARD = 9;
    static final int TERMINATION = 10;
    static final int INPUT_AT = 11;
    static final int TARGET_AT = 12;
    static final int REWARD_AT = 13;
    static final int TERMINATION_AT = 14;
    static final int EPSILON_AT = 15;
    static final int WEIGHT_AT = 16;
    static final int VALUE_MEMBERS = 17;
    static final int VALUE_MEMBER_SIZE = 18;
    static final int VALUE_LAYERS = 19;
    static final int VALUE_LAYER_AT = 20;
    static final int VALUE_EPSILON_AT = 21;
    static final int VALUE_WEIGHT_AT = 22;
    static final int LAYER_AT = 24;
    /** Inputs, outputs, activation, whether normalised. */
    static final int LAYER_WORDS = 4;

    static final int MEAN = 0;
    static final int MEMBER_PER_STEP = 1;
    static final int MEMBER_PER_ROLLOUT = 2;

    static final int OBSERVATION = 0;
    static final int SINE = 1;
    static final int COSINE = 2;
    static final int ACTION = 3;
    static final int INDICATOR = 4;

    static final int IDENTITY = 0;
    static final int RELU = 1;
    static final int TANH = 2;
    static final int SIGMOID = 3;
    static final int SILU = 4;
    static final int SOFTPLUS = 5;
    static final int ELU = 6;
    static final int MISH = 7;

    static final int REWARD_CONSTANT = 1;
    static final int REWARD_PENDULUM = 2;
    static final int REWARD_SWING_UP = 3;
    static final int REWARD_ACROBOT = 4;
    static final int REWARD_MOUNTAIN_CAR = 5;
    static final int REWARD_QUADRATIC = 6;

    static final int END_CART_POLE = 1;
    static final int END_ACROBOT = 2;
    static final int END_MOUNTAIN_CAR = 3;

    private final List<Integer> words = new ArrayList<>();
    private final FloatList floats = new FloatList();

    private EnsembleLayout() {}

    /** Two arrays. */
    record Numbers(int[] shape, float[] weights) {}

    static Numbers of(KernelPlan plan, KernelEnsemble ensemble) {
        var layout = new EnsembleLayout();
        layout.write(plan, ensemble);
        return new Numbers(layout.words.stream().mapToInt(Integer::intValue).toArray(), layout.floats.toArray());
    }

    private void write(KernelPlan plan, KernelEnsemble ensemble) {
        KernelNetwork network = ensemble.network();
        KernelNetwork value = plan.terminalValue();
        for (int i = 0; i < LAYER_AT; i++) words.add(0);
        writeLayers(network);
        words.set(VALUE_LAYER_AT, words.size());
        if (value != null) writeLayers(value);
        words.set(INPUT_AT, words.size());
        for (int i = 0; i < network.inputs(); i++) {
            words.add(source(ensemble.input(i).source()));
            words.add(ensemble.input(i).index());
        }
        words.set(MEMBERS, network.members());
        words.set(MEMBER_SIZE, network.memberSize());
        words.set(LAYERS, network.layers().size());
        words.set(INPUTS, network.inputs());
        words.set(TARGETS, ensemble.targetSize());
        words.set(DELTA, ensemble.delta() ? 1 : 0);
        words.set(SAMPLED, ensemble.sampled() && ensemble.probabilistic() ? 1 : 0);
        words.set(PROPAGATION, switch (ensemble.propagation()) {
            case MEAN -> MEAN;
            case MEMBER_PER_STEP -> MEMBER_PER_STEP;
            case MEMBER_PER_ROLLOUT -> MEMBER_PER_ROLLOUT;
        });
        // As the propagation on the host: normals of the observation, a draw of the member, rounded up to pairs.
        words.set(DRAWS, (plan.spec().observationSize() + 2) & ~1);
        words.set(REWARD, reward(plan));
        words.set(TERMINATION, termination(plan));
        floats.add(ensemble.inputMean());
        for (float scale : ensemble.inputScale()) floats.add(1 / scale);
        words.set(TARGET_AT, floats.size());
        floats.add(ensemble.targetMean());
        floats.add(ensemble.targetScale());
        for (float scale : ensemble.targetScale()) floats.add((float) (2 * Math.log(scale)));
        floats.add(ensemble.logVarianceMax());
        floats.add(ensemble.logVarianceMin());
        words.set(REWARD_AT, floats.size());
        floats.add(plan.rewardConstants());
        words.set(TERMINATION_AT, floats.size());
        floats.add(plan.terminationConstants());
        words.set(EPSILON_AT, floats.size());
        for (KernelNetwork.Layer layer : network.layers()) floats.add((float) layer.epsilon());
        words.set(WEIGHT_AT, floats.size());
        floats.add(network.weights());
        if (value != null) writeValue(value);
    }

    private void writeValue(KernelNetwork value) {
        words.set(VALUE_MEMBERS, value.members());
        words.set(VALUE_MEMBER_SIZE, value.memberSize());
        words.set(VALUE_LAYERS, value.layers().size());
        words.set(VALUE_EPSILON_AT, floats.size());
        for (KernelNetwork.Layer layer : value.layers()) floats.add((float) layer.epsilon());
        words.set(VALUE_WEIGHT_AT, floats.size());
        floats.add(value.weights());
    }

    private void writeLayers(KernelNetwork network) {
        for (KernelNetwork.Layer layer : network.layers()) {
            words.add(layer.inputs());
            words.add(layer.outputs());
            words.add(activation(layer.activation()));
            words.add(layer.epsilon() > 0 ? 1 : 0);
        }
    }

    /** Returns the number of an activation function. */
    static int activation(Activation function) {
        return switch (function) {
            case IDENTITY -> IDENTITY;
            case RELU -> RELU;
            case TANH -> TANH;
            case SIGMOID -> SIGMOID;
            case SILU -> SILU;
            case SOFTPLUS -> SOFTPLUS;
            case ELU -> ELU;
            case MISH -> MISH;
        };
    }

    private static int source(KernelEnsemble.Source source) {
        return switch (source) {
            case OBSERVATION -> OBSERVATION;
            case SINE -> SINE;
            case COSINE -> COSINE;
            case ACTION -> ACTION;
            case INDICATOR -> INDICATOR;
        };
    }

    private static int reward(KernelPlan plan) {
        return switch (plan.reward()) {
            case NONE -> 0;
            case CONSTANT -> REWARD_CONSTANT;
            case PENDULUM -> REWARD_PENDULUM;
            case SWING_UP -> REWARD_SWING_UP;
            case ACROBOT -> REWARD_ACROBOT;
            case MOUNTAIN_CAR_CONTINUOUS -> REWARD_MOUNTAIN_CAR;
            case QUADRATIC -> REWARD_QUADRATIC;
        };
    }

    private static int termination(KernelPlan plan) {
        return switch (plan.termination()) {
            case NONE -> 0;
            case CART_POLE -> END_CART_POLE;
            case ACROBOT -> END_ACROBOT;
            case MOUNTAIN_CAR -> END_MOUNTAIN_CAR;
        };
    }

    /** A growing array of floats. */
    private static final class FloatList {
        private float[] items = new float[64];
        private int size;

        void add(float... more) {
            if (size + more.length > items.length) {
                items = Arrays.copyOf(items, Math.max(2 * items.length, Math.addExact(size, more.length)));
            }
            System.arraycopy(more, 0, items, size, more.length);
            size += more.length;
        }

        int size() {
            return size;
        }

        float[] toArray() {
            return Arrays.copyOf(items, size);
        }
    }
}
