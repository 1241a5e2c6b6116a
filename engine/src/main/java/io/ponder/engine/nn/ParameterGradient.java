package io.ponder.engine.nn;

import java.util.Arrays;

/**
 * Holds the derivative by all parameters of a network in one flat array, laid out as {@link Network#parameters()}.
 *
 * <p>Each member writes the derivative by a shared tensor into a place of its own behind the array proper; {@link #sumShared} adds them up in
 * the order of the members, so that the result does not depend on the threads. Different members may be written by different
 * threads at once.
 */
public final class ParameterGradient {
    private final Network network;
    private final float[] storage;

    /** Creates a gradient of zeros. */
    public ParameterGradient(Network network) {
        this.network = network;
        this.storage = new float[Math.addExact(network.parameterCount(), Math.multiplyExact(network.members(), network.sharedCount()))];
    }

    /** Returns the array; the first {@link Network#parameterCount()} entries are the gradient. */
    public float[] values() {
        return storage;
    }

    float[] storage() {
        return storage;
    }

    int offset(ParameterTensor tensor, int member) {
        if (!tensor.shared()) return tensor.offset(member);
        return network.parameterCount() + member * network.sharedCount() + tensor.sharedOffset();
    }

    /** Sets everything that one member writes to zero. */
    void clear(ParameterTensor tensor, int member) {
        int from = offset(tensor, member);
        Arrays.fill(storage, from, from + tensor.memberSize(), 0f);
    }

    /** Sums the members' derivatives by the shared tensors; to be called once all members have run backwards. */
    public void sumShared() {
        if (network.sharedCount() == 0) return;
        for (int t = 0; t < network.tensors().size(); t++) {
            ParameterTensor tensor = network.tensors().get(t);
            if (!tensor.shared()) continue;
            for (int j = 0; j < tensor.memberSize(); j++) {
                double sum = 0;
                for (int e = 0; e < network.members(); e++) sum += storage[offset(tensor, e) + j];
                storage[tensor.offset() + j] = (float) sum;
            }
        }
    }
}
