package io.ponder.gpu;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.classic.SwingUpEquations;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Steps a learned model: what {@link EnsembleLayout} wrote into {@link #shape} and {@link #weights}. The activations of a tile lie in global
 * memory, those of a unit next to each other; the samples of a tile read the same weight at the same time, but where each draws a member
 * anew in each step.
 */
final class EnsembleKernel extends RolloutKernel {
    /** Activations {@code [tiles x (2 * width) x GROUP]}; stays on the device. */
    final float[] units;
    int width;

    /** Creates a kernel for states and actions of these sizes. */
    EnsembleKernel(Arrays arrays, float[] units, int stateSize, int actionSize) {
        super(arrays, actionSize + 3 * stateSize + 2);
        this.units = units;
    }

    @Override
    public void run() {
        runPass(getGroupId());
    }

    private int nextRow() {
        return stateRow() + stateSize * GROUP;
    }

    private int targetRow() {
        return stateRow() + 2 * stateSize * GROUP;
    }

    /** Returns the row of the members that samples drew, each its own. */
    private int memberRow() {
        return stateRow() + (3 * stateSize + 1) * GROUP;
    }

    private int unitsOfTile() {
        return getGroupId() * 2 * width * GROUP;
    }

    @Override
    void step(int row, int first, int count, int t) {
        int targets = shape[EnsembleLayout.TARGETS];
        int key0 = keys[2 * rows + row];
        int key1 = keys[3 * rows + row];
        int draws = t * shape[EnsembleLayout.DRAWS];
        int own = 0;
        if (shape[EnsembleLayout.PROPAGATION] == EnsembleLayout.MEMBER_PER_STEP) {
            own = 1;
            drawMembers(key0, key1, first, (draws + shape[EnsembleLayout.DRAWS] - 1) >>> 1, count);
        }
        int runs = 1;
        if (shape[EnsembleLayout.PROPAGATION] == EnsembleLayout.MEAN) runs = shape[EnsembleLayout.MEMBERS];
        for (int d = 0; d < targets; d++) set(targetRow() + d * GROUP, 0, count);
        int from = 0;
        for (int e = 0; e < runs; e++) {
            int member = memberOfTile(getGroupId());
            if (runs > 1) member = e;
            from = runMember(member, own, count);
            for (int d = 0; d < targets; d++) addMean(from, d, 1f / runs, count);
        }
        if (shape[EnsembleLayout.SAMPLED] == 1) {
            for (int d = 0; d < stateSize; d++) {
                if ((d & 1) == 0) normalPairs(key0, key1, first, 1, count, (draws + d) >>> 1);
                addNoise(from, d, count);
            }
        }
        settle(targets, count);
    }

    private void set(int at, float value, int count) {
        for (int i = getLocalId(); i < count; i += items()) lane[at + i] = value;
    }

    private void drawMembers(int key0, int key1, int first, int draw, int count) {
        int members = shape[EnsembleLayout.MEMBERS];
        int to = memberRow();
        // As CounterRandom.below; the last draw of a step is the upper word of its block.
        for (int i = getLocalId(); i < count; i += items()) {
            long block = CounterRandom.finish(key0, key1, CounterRandom.begin(key0, key1, first + i, draw));
            lane[to + i] = (int) (((block >>> 32) * members) >>> 32);
        }
    }

    private int runMember(int member, int own, int count) {
        int inputs = shape[EnsembleLayout.INPUTS];
        for (int j = 0; j < inputs; j++) {
            int source = shape[shape[EnsembleLayout.INPUT_AT] + 2 * j];
            int index = shape[shape[EnsembleLayout.INPUT_AT] + 2 * j + 1];
            placeInput(j, source, index, weights[j], weights[inputs + j], count);
        }
        return forward(EnsembleLayout.LAYER_AT, shape[EnsembleLayout.LAYERS],
                shape[EnsembleLayout.WEIGHT_AT] + member * shape[EnsembleLayout.MEMBER_SIZE], shape[EnsembleLayout.EPSILON_AT], own, count);
    }

    private void placeInput(int j, int source, int index, float mean, float factor, int count) {
        int at = stateRow() + index * GROUP;
        if (source == EnsembleLayout.ACTION) at = ACTION + index * GROUP;
        if (source == EnsembleLayout.INDICATOR) at = ACTION;
        int to = unitsOfTile() + j * GROUP;
        for (int i = getLocalId(); i < count; i += items()) {
            float value = lane[at + i];
            float x = value;
            if (source == EnsembleLayout.SINE) x = FloatMath.sine(value);
            if (source == EnsembleLayout.COSINE) x = FloatMath.cosine(value);
            if (source == EnsembleLayout.INDICATOR) {
                x = 0;
                if (value == index) x = 1;
            }
            units[to + i] = (x - mean) * factor;
        }
    }

    /**
     * Runs a network on the inputs that were placed.
     *
     * @param layer     place of the first layer in {@link #shape}
     * @param layers    number of layers
     * @param parameter place of the member's weights in {@link #weights}
     * @param epsilon   place of the first layer's epsilon in {@link #weights}
     * @param own       1 where each sample has the member that it drew, counted from {@code parameter}
     * @return where the outputs begin among the units of the tile
     */
    private int forward(int layer, int layers, int parameter, int epsilon, int own, int count) {
        int from = 0;
        int weight = parameter;
        for (int l = 0; l < layers; l++) {
            int at = layer + EnsembleLayout.LAYER_WORDS * l;
            int inputs = shape[at];
            int outputs = shape[at + 1];
            int activation = shape[at + 2];
            int normed = shape[at + 3];
            int to = width - from;
            if (own == 1) ownDense(from, to, inputs, outputs, weight, count);
            else dense(unitsOfTile() + from * GROUP, unitsOfTile() + to * GROUP, inputs, outputs, weight, count);
            weight = weight + inputs * outputs + outputs;
            if (normed == 1) {
                normalise(unitsOfTile() + to * GROUP, outputs, weight, weights[epsilon + l], own, count);
                weight = weight + 2 * outputs;
            }
            if (activation != EnsembleLayout.IDENTITY) {
                for (int o = 0; o < outputs; o++) activateRow(activation, unitsOfTile() + (to + o) * GROUP, count);
            }
            from = to;
        }
        return from;
    }

    /** Computes a dense layer, two outputs and four inputs at a time. */
    private void dense(int from, int to, int inputs, int outputs, int weight, int count) {
        int bias = weight + inputs * outputs;
        for (int o = 0; o < outputs; o += 2) {
            int p = min(o + 1, outputs - 1);
            beginSum(to + o * GROUP, weights[bias + o], count);
            beginSum(to + p * GROUP, weights[bias + p], count);
            int j = 0;
            for (; j + 3 < inputs; j += 4) {
                addFour(from + j * GROUP, to + o * GROUP, to + p * GROUP, weight + o * inputs + j, weight + p * inputs + j, count);
            }
            for (; j < inputs; j++) {
                addOne(from + j * GROUP, to + o * GROUP, to + p * GROUP, weights[weight + o * inputs + j], weights[weight + p * inputs + j], count);
            }
        }
    }

    private void beginSum(int to, float bias, int count) {
        for (int i = getLocalId(); i < count; i += items()) units[to + i] = bias;
    }

    // The two outputs may be one and the same, where their number is odd: both are read before one is written.
    private void addFour(int from, int to, int to2, int weight, int weight2, int count) {
        float a0 = weights[weight];
        float a1 = weights[weight + 1];
        float a2 = weights[weight + 2];
        float a3 = weights[weight + 3];
        float b0 = weights[weight2];
        float b1 = weights[weight2 + 1];
        float b2 = weights[weight2 + 2];
        float b3 = weights[weight2 + 3];
        for (int i = getLocalId(); i < count; i += items()) {
            float x0 = units[from + i];
            float x1 = units[from + GROUP + i];
            float x2 = units[from + 2 * GROUP + i];
            float x3 = units[from + 3 * GROUP + i];
            float a = units[to + i] + a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
            float b = units[to2 + i] + b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3;
            units[to + i] = a;
            units[to2 + i] = b;
        }
    }

    private void addOne(int from, int to, int to2, float a0, float b0, int count) {
        for (int i = getLocalId(); i < count; i += items()) {
            float x0 = units[from + i];
            float a = units[to + i] + a0 * x0;
            float b = units[to2 + i] + b0 * x0;
            units[to + i] = a;
            units[to2 + i] = b;
        }
    }

    /** Computes a dense layer of which each sample has weights of its own. */
    private void ownDense(int from, int to, int inputs, int outputs, int weight, int count) {
        int bias = weight + inputs * outputs;
        int members = memberRow();
        int base = unitsOfTile();
        int size = shape[EnsembleLayout.MEMBER_SIZE];
        for (int o = 0; o < outputs; o++) {
            for (int i = getLocalId(); i < count; i += items()) {
                int own = (int) lane[members + i] * size;
                float sum = weights[own + bias + o];
                for (int j = 0; j < inputs; j++) sum += weights[own + weight + o * inputs + j] * units[base + (from + j) * GROUP + i];
                units[base + (to + o) * GROUP + i] = sum;
            }
        }
    }

    private void normalise(int at, int outputs, int scale, float epsilon, int own, int count) {
        int members = memberRow();
        int size = own * shape[EnsembleLayout.MEMBER_SIZE];
        set(RADIUS, 0, count);
        set(ANGLE, 0, count);
        for (int o = 0; o < outputs; o++) {
            int from = at + o * GROUP;
            for (int i = getLocalId(); i < count; i += items()) lane[RADIUS + i] = lane[RADIUS + i] + units[from + i];
        }
        for (int i = getLocalId(); i < count; i += items()) lane[RADIUS + i] = lane[RADIUS + i] / outputs;
        for (int o = 0; o < outputs; o++) {
            int from = at + o * GROUP;
            for (int i = getLocalId(); i < count; i += items()) {
                float distance = units[from + i] - lane[RADIUS + i];
                lane[ANGLE + i] = lane[ANGLE + i] + distance * distance;
            }
        }
        for (int i = getLocalId(); i < count; i += items()) lane[ANGLE + i] = 1f / sqrt(lane[ANGLE + i] / outputs + epsilon);
        for (int o = 0; o < outputs; o++) {
            int from = at + o * GROUP;
            for (int i = getLocalId(); i < count; i += items()) {
                int place = scale + o;
                if (own == 1) place = place + (int) lane[members + i] * size;
                units[from + i] = (units[from + i] - lane[RADIUS + i]) * lane[ANGLE + i] * weights[place] + weights[place + outputs];
            }
        }
    }

    /** Applies an activation function to the units of a row, the common ones in loops of their own, which become SIMD code. */
    private void activateRow(int kind, int at, int count) {
        if (kind == EnsembleLayout.RELU) {
            for (int i = getLocalId(); i < count; i += items()) units[at + i] = max(units[at + i], 0f) + poisonOf(units[at + i]);
        }
        if (kind == EnsembleLayout.TANH) {
            for (int i = getLocalId(); i < count; i += items()) units[at + i] = 2 * sigmoid(2 * units[at + i]) - 1;
        }
        if (kind == EnsembleLayout.SIGMOID) {
            for (int i = getLocalId(); i < count; i += items()) units[at + i] = sigmoid(units[at + i]);
        }
        if (kind == EnsembleLayout.SILU) {
            for (int i = getLocalId(); i < count; i += items()) units[at + i] = units[at + i] * sigmoid(units[at + i]);
        }
        if (kind >= EnsembleLayout.SOFTPLUS) {
            for (int i = getLocalId(); i < count; i += items()) units[at + i] = activate(kind, units[at + i]);
        }
    }

    /** Returns 1 / (1 + exp(-x)) within 3e-7. */
    private float sigmoid(float x) {
        float decay = FloatMath.decayAboveFloor(max(-abs(x), -24f)) + poisonOf(x);
        float above = 1f / (1f + decay);
        float y = above;
        if (x < 0) y = decay * above;
        return y;
    }

    private void addMean(int from, int d, float share, int count) {
        int at = shape[EnsembleLayout.TARGET_AT] + d;
        float scale = weights[at + shape[EnsembleLayout.TARGETS]];
        float mean = weights[at];
        int units0 = unitsOfTile() + (from + d) * GROUP;
        int to = targetRow() + d * GROUP;
        int state = stateRow() + d * GROUP;
        float kept = 0;
        if (shape[EnsembleLayout.DELTA] == 1 && d < stateSize) kept = 1;
        if (kept == 0) state = to;
        for (int i = getLocalId(); i < count; i += items()) {
            lane[to + i] = lane[to + i] + share * (units[units0 + i] * scale + mean + kept * lane[state + i]);
        }
    }

    private void addNoise(int from, int d, int count) {
        int targets = shape[EnsembleLayout.TARGETS];
        int at = shape[EnsembleLayout.TARGET_AT] + 2 * targets + d;
        float most = weights[at + targets];
        float least = weights[at + 2 * targets];
        float shift = weights[at];
        int variances = unitsOfTile() + (from + targets + d) * GROUP;
        int to = targetRow() + d * GROUP;
        for (int i = getLocalId(); i < count; i += items()) {
            float turned = FloatMath.cosine(lane[ANGLE + i]);
            if ((d & 1) == 1) turned = FloatMath.sine(lane[ANGLE + i]);
            float upper = most - softplus(most - units[variances + i]);
            float logVariance = least + softplus(upper - least) + shift;
            lane[to + i] = lane[to + i] + exp(0.5f * logVariance) * lane[RADIUS + i] * turned;
        }
    }

    /** Computes reward and discount, and moves the targets to the state. */
    private void settle(int targets, int count) {
        int next = nextRow();
        int target = targetRow();
        int state = stateRow();
        for (int d = 0; d < stateSize; d++) {
            for (int i = getLocalId(); i < count; i += items()) lane[next + d * GROUP + i] = lane[target + d * GROUP + i];
        }
        for (int i = getLocalId(); i < count; i += items()) {
            float learned = 0;
            if (targets > stateSize) learned = lane[target + stateSize * GROUP + i];
            lane[REWARD + i] = knownReward(learned, i);
            lane[DISCOUNT + i] = discount(next + i);
        }
        for (int d = 0; d < stateSize; d++) {
            for (int i = getLocalId(); i < count; i += items()) lane[state + d * GROUP + i] = lane[next + d * GROUP + i];
        }
    }

    private float knownReward(float learned, int i) {
        int kind = shape[EnsembleLayout.REWARD];
        int at = shape[EnsembleLayout.REWARD_AT];
        int state = stateRow() + i;
        int next = nextRow() + i;
        float action = lane[ACTION + i];
        float reward = learned;
        if (kind == EnsembleLayout.REWARD_CONSTANT) reward = weights[at];
        if (kind == EnsembleLayout.REWARD_PENDULUM) {
            float angle = abs(atan2(lane[state + GROUP], lane[state]));
            reward = PendulumEquations.reward(angle, lane[state + 2 * GROUP], clip(action, (float) PendulumEquations.MAX_TORQUE));
        }
        if (kind == EnsembleLayout.REWARD_SWING_UP) {
            float exponent = max(-24f, SwingUpEquations.exponent(lane[next], lane[next + GROUP], lane[next + 2 * GROUP]));
            reward = FloatMath.decayAboveFloor(min(0f, exponent)) - SwingUpEquations.costOfClipped(clip(action, 1));
        }
        if (kind == EnsembleLayout.REWARD_ACROBOT) reward = -acrobotDiscount(next);
        if (kind == EnsembleLayout.REWARD_MOUNTAIN_CAR) {
            reward = MountainCarEquations.continuousReward(arrivalDiscount(next, (float) MountainCarEquations.CONTINUOUS_GOAL), action);
        }
        if (kind == EnsembleLayout.REWARD_QUADRATIC) reward = quadraticReward(at, next, i);
        return reward;
    }

    private float quadraticReward(int at, int next, int i) {
        int n = stateSize;
        int m = actionSize;
        float bound = weights[at + n * n + m * m];
        float reward = 0;
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < n; l++) reward -= weights[at + j * n + l] * lane[next + j * GROUP] * lane[next + l * GROUP];
        }
        for (int j = 0; j < m; j++) {
            for (int l = 0; l < m; l++) {
                reward -= weights[at + n * n + j * m + l] * clip(lane[ACTION + j * GROUP + i], bound) * clip(lane[ACTION + l * GROUP + i], bound);
            }
        }
        return reward;
    }

    private float acrobotDiscount(int next) {
        float cosineSum = lane[next] * lane[next + 2 * GROUP] - lane[next + GROUP] * lane[next + 3 * GROUP];
        return withinLimit(-lane[next] - cosineSum - 1);
    }

    private float arrivalDiscount(int next, float goal) {
        float discount = 1;
        if (lane[next] >= goal && lane[next + GROUP] >= 0) discount = 0;
        return discount;
    }

    private float discount(int next) {
        int kind = shape[EnsembleLayout.TERMINATION];
        float discount = 1;
        if (kind == EnsembleLayout.END_CART_POLE) {
            discount = withinLimit(max(abs(lane[next]) - (float) CartPoleEquations.POSITION_LIMIT,
                    abs(lane[next + 2 * GROUP]) - (float) CartPoleEquations.ANGLE_LIMIT));
        }
        if (kind == EnsembleLayout.END_ACROBOT) discount = acrobotDiscount(next);
        if (kind == EnsembleLayout.END_MOUNTAIN_CAR) discount = arrivalDiscount(next, weights[shape[EnsembleLayout.TERMINATION_AT]]);
        return discount;
    }

    @Override
    void terminalValues(int count) {
        int members = shape[EnsembleLayout.VALUE_MEMBERS];
        set(REWARD, 0, count);
        for (int e = 0; e < members; e++) {
            for (int d = 0; d < stateSize; d++) placeInput(d, EnsembleLayout.OBSERVATION, d, 0, 1, count);
            int from = forward(shape[EnsembleLayout.VALUE_LAYER_AT], shape[EnsembleLayout.VALUE_LAYERS],
                    shape[EnsembleLayout.VALUE_WEIGHT_AT] + e * shape[EnsembleLayout.VALUE_MEMBER_SIZE],
                    shape[EnsembleLayout.VALUE_EPSILON_AT], 0, count);
            int at = unitsOfTile() + from * GROUP;
            for (int i = getLocalId(); i < count; i += items()) lane[REWARD + i] = lane[REWARD + i] + units[at + i] / members;
        }
    }
}
