package io.ponder.engine.model;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Activation;
import java.util.List;

/**
 * States a stack of dense layers for a {@link KernelPlan}: sizes, activations, and the weights of all members in one array.
 *
 * <p>The weights of a member are those of its layers in order: W {@code [out x in]} row by row, bias {@code [out]}, and for a layer with
 * layer normalisation its scale and shift, {@code [out]} each. Member e begins at {@code e * memberSize()}.
 *
 * @param members number of networks E, at least 1
 * @param layers  at least one, the inputs of each being the outputs of the one before
 * @param weights {@code [E x memberSize]}
 */
public record KernelNetwork(int members, List<Layer> layers, float[] weights) {
    public KernelNetwork {
        Checks.positive("members", members);
        layers = List.copyOf(layers);
        Checks.positive("number of layers", layers.size());
        for (int i = 1; i < layers.size(); i++) {
            Checks.same("inputs of layer " + i, layers.get(i).inputs(), "outputs of the layer before", layers.get(i - 1).outputs());
        }
        Checks.length("weights", weights, Math.multiplyExact(members, sizeOf(layers)), "members x memberSize");
    }

    /**
     * One layer: y = activation(norm(W x + b)).
     *
     * @param inputs     entries it reads
     * @param outputs    entries it writes
     * @param activation function of every output
     * @param epsilon    of the layer normalisation before the activation, 0 for none
     */
    public record Layer(int inputs, int outputs, Activation activation, double epsilon) {
        public Layer {
            Checks.positive("inputs", inputs);
            Checks.positive("outputs", outputs);
            Checks.inRange("epsilon", epsilon, 0, 1);
        }

        /** Returns the number of weights of this layer. */
        public int size() {
            int vectors = epsilon > 0 ? 3 : 1;
            return Math.addExact(Math.multiplyExact(inputs, outputs), Math.multiplyExact(vectors, outputs));
        }
    }

    private static int sizeOf(List<Layer> layers) {
        int size = 0;
        for (Layer layer : layers) size = Math.addExact(size, layer.size());
        return size;
    }

    /** Returns the number of weights of one member. */
    public int memberSize() {
        return sizeOf(layers);
    }

    /** Returns the entries that the first layer reads. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** Returns the entries that the last layer writes. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /** Returns the most entries that any layer reads or writes. */
    public int width() {
        int width = inputs();
        for (Layer layer : layers) width = Math.max(width, layer.outputs());
        return width;
    }
}
