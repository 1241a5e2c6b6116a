package io.ponder.gpu;

import io.ponder.engine.classic.CartPoleEquations;
import io.ponder.engine.classic.FloatMath;
import io.ponder.engine.classic.MountainCarEquations;
import io.ponder.engine.classic.PendulumEquations;
import io.ponder.engine.classic.SwingUpEquations;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Steps a learned model: what {@link EnsembleLayout} wrote into {@link #shape} and {@link #weights}. Subclasses differ in where the
 * activations of a sample lie.
 */
abstract class EnsembleKernel extends RolloutKernel {
    static final int MOST_TARGETS = MOST_STATE + 1;

    @PrivateMemorySpace(MOST_STATE)
    final float[] next = new float[MOST_STATE];

    @PrivateMemorySpace(MOST_TARGETS)
    final float[] target = new float[MOST_TARGETS];

    EnsembleKernel(Arrays arrays) {
        super(arrays);
    }

    /** Writes input i of the network. */
    abstract void input(int i, float x);

    /**
     * Runs a network on the inputs that were written.
     *
     * @param layer     place of the first layer in {@link #shape}
     * @param layers    number of layers
     * @param parameter place of the member's weights in {@link #weights}
     * @param epsilon   place of the first layer's epsilon in {@link #weights}
     * @return where the outputs begin, for {@link #output}
     */
    abstract int forward(int layer, int layers, int parameter, int epsilon);

    /** Returns output d. */
    abstract float output(int from, int d);

    /** Returns the column of this item: with one member for a rollout, items of a group share the member. */
    final int columnOfItem() {
        int item = getGlobalId();
        int column = item;
        if (shape[EnsembleLayout.PROPAGATION] == EnsembleLayout.MEMBER_PER_ROLLOUT) {
            int members = shape[EnsembleLayout.MEMBERS];
            int perRow = candidates * particles;
            int perMember = ((perRow + members - 1) / members + GROUP - 1) / GROUP * GROUP;
            int part = item / perMember;
            int row = part / members;
            int member = part - row * members;
            column = rows * perRow;
            if (row < rows) {
                int sample = (item - part * perMember) * members + (member - keys[4 * rows + row] + members) % members;
                if (sample < perRow) column = row * perRow + sample;
            }
        }
        return column;
    }

    @Override
    final void step(int row, int sample, int t) {
        int members = shape[EnsembleLayout.MEMBERS];
        int targets = shape[EnsembleLayout.TARGETS];
        int propagation = shape[EnsembleLayout.PROPAGATION];
        int key0 = keys[2 * rows + row];
        int key1 = keys[3 * rows + row];
        int draws = t * shape[EnsembleLayout.DRAWS];
        int chosen = memberOfGroup(members);
        if (propagation == EnsembleLayout.MEMBER_PER_STEP) {
            // As CounterRandom.below; the last draw of a step is the upper word of its block.
            long block = CounterRandom.block(key0, key1, sample, (draws + shape[EnsembleLayout.DRAWS] - 1) >>> 1);
            chosen = (int) (((block >>> 32) * members) >>> 32);
        }
        int runs = 1;
        if (propagation == EnsembleLayout.MEAN) runs = members;
        for (int d = 0; d < targets; d++) target[d] = 0;
        int from = 0;
        for (int e = 0; e < runs; e++) {
            int member = chosen;
            if (runs > 1) member = e;
            from = runMember(member);
            for (int d = 0; d < targets; d++) target[d] = target[d] + mean(from, d);
        }
        for (int d = 0; d < targets; d++) target[d] = target[d] * (1f / runs);
        if (shape[EnsembleLayout.SAMPLED] == 1) {
            for (int d = 0; d < stateSize; d++) {
                if ((d & 1) == 0) {
                    long block = CounterRandom.block(key0, key1, sample, (draws + d) >>> 1);
                    outcome[0] = normal(block, 0);
                    outcome[1] = normal(block, 1);
                }
                target[d] = target[d] + exp(0.5f * logVariance(from, d)) * outcome[d & 1];
            }
        }
        for (int d = 0; d < stateSize; d++) next[d] = target[d];
        float reward = 0;
        if (targets > stateSize) reward = target[stateSize];
        float known = knownReward(reward);
        outcome[0] = known;
        outcome[1] = discount();
        for (int d = 0; d < stateSize; d++) state[d] = next[d];
    }

    /** Returns the member that this item's group stands for; member 0 where members do not step whole rollouts. */
    private int memberOfGroup(int members) {
        int perRow = candidates * particles;
        int perMember = ((perRow + members - 1) / members + GROUP - 1) / GROUP * GROUP;
        int part = getGlobalId() / perMember;
        int member = part - part / members * members;
        if (shape[EnsembleLayout.PROPAGATION] != EnsembleLayout.MEMBER_PER_ROLLOUT) member = 0;
        return member;
    }

    private int runMember(int member) {
        int inputs = shape[EnsembleLayout.INPUTS];
        for (int i = 0; i < inputs; i++) {
            int source = shape[shape[EnsembleLayout.INPUT_AT] + 2 * i];
            int index = shape[shape[EnsembleLayout.INPUT_AT] + 2 * i + 1];
            float x = 0;
            if (source == EnsembleLayout.OBSERVATION) x = state[index];
            if (source == EnsembleLayout.SINE) x = FloatMath.sine(state[index]);
            if (source == EnsembleLayout.COSINE) x = FloatMath.cosine(state[index]);
            if (source == EnsembleLayout.ACTION) x = action[index];
            if (source == EnsembleLayout.INDICATOR && action[0] == index) x = 1;
            input(i, (x - weights[i]) * weights[inputs + i]);
        }
        return forward(EnsembleLayout.LAYER_AT, shape[EnsembleLayout.LAYERS],
                shape[EnsembleLayout.WEIGHT_AT] + member * shape[EnsembleLayout.MEMBER_SIZE], shape[EnsembleLayout.EPSILON_AT]);
    }

    private float mean(int from, int d) {
        int at = shape[EnsembleLayout.TARGET_AT];
        int targets = shape[EnsembleLayout.TARGETS];
        float mean = output(from, d) * weights[at + targets + d] + weights[at + d];
        if (shape[EnsembleLayout.DELTA] == 1 && d < stateSize) mean += state[d];
        return mean;
    }

    private float logVariance(int from, int d) {
        int targets = shape[EnsembleLayout.TARGETS];
        int at = shape[EnsembleLayout.TARGET_AT] + 2 * targets + d;
        float most = weights[at + targets];
        float least = weights[at + 2 * targets];
        float upper = most - softplus(most - output(from, targets + d));
        return least + softplus(upper - least) + weights[at];
    }

    private float knownReward(float learned) {
        int kind = shape[EnsembleLayout.REWARD];
        int at = shape[EnsembleLayout.REWARD_AT];
        float reward = learned;
        if (kind == EnsembleLayout.REWARD_CONSTANT) reward = weights[at];
        if (kind == EnsembleLayout.REWARD_PENDULUM) {
            float angle = abs(atan2(state[1], state[0]));
            reward = PendulumEquations.reward(angle, state[2], clip(action[0], (float) PendulumEquations.MAX_TORQUE));
        }
        if (kind == EnsembleLayout.REWARD_SWING_UP) {
            float exponent = max(-24f, SwingUpEquations.exponent(next[0], next[1], next[2]));
            reward = FloatMath.decayAboveFloor(min(0f, exponent)) - SwingUpEquations.costOfClipped(clip(action[0], 1));
        }
        if (kind == EnsembleLayout.REWARD_ACROBOT) reward = -acrobotDiscount();
        if (kind == EnsembleLayout.REWARD_MOUNTAIN_CAR) {
            reward = MountainCarEquations.continuousReward(
                    arrivalDiscount((float) MountainCarEquations.CONTINUOUS_GOAL), action[0]);
        }
        if (kind == EnsembleLayout.REWARD_QUADRATIC) reward = quadraticReward(at);
        return reward;
    }

    private float quadraticReward(int at) {
        int n = stateSize;
        int m = actionSize;
        float bound = weights[at + n * n + m * m];
        float reward = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) reward -= weights[at + i * n + j] * next[i] * next[j];
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                reward -= weights[at + n * n + i * m + j] * clip(action[i], bound) * clip(action[j], bound);
            }
        }
        return reward;
    }

    private float acrobotDiscount() {
        float cosineSum = next[0] * next[2] - next[1] * next[3];
        return withinLimit(-next[0] - cosineSum - 1);
    }

    private float arrivalDiscount(float goal) {
        float discount = 1;
        if (next[0] >= goal && next[1] >= 0) discount = 0;
        return discount;
    }

    private float discount() {
        int kind = shape[EnsembleLayout.TERMINATION];
        float discount = 1;
        if (kind == EnsembleLayout.END_CART_POLE) {
            discount = withinLimit(max(
                    abs(next[0]) - (float) CartPoleEquations.POSITION_LIMIT, abs(next[2]) - (float) CartPoleEquations.ANGLE_LIMIT));
        }
        if (kind == EnsembleLayout.END_ACROBOT) discount = acrobotDiscount();
        if (kind == EnsembleLayout.END_MOUNTAIN_CAR) discount = arrivalDiscount(weights[shape[EnsembleLayout.TERMINATION_AT]]);
        return discount;
    }

    @Override
    final float terminalValue() {
        float value = 0;
        int members = shape[EnsembleLayout.VALUE_MEMBERS];
        for (int e = 0; e < members; e++) {
            for (int d = 0; d < stateSize; d++) input(d, state[d]);
            int from = forward(shape[EnsembleLayout.VALUE_LAYER_AT], shape[EnsembleLayout.VALUE_LAYERS],
                    shape[EnsembleLayout.VALUE_WEIGHT_AT] + e * shape[EnsembleLayout.VALUE_MEMBER_SIZE],
                    shape[EnsembleLayout.VALUE_EPSILON_AT]);
            value += output(from, 0);
        }
        if (members > 0) value = value / members;
        return value;
    }
}
