package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.List;

/**
 * Holds a declared graph and the parameters of all its ensemble members in one flat array.
 *
 * <p>The graph is immutable. The parameters may be read by many threads, or changed by one while nobody reads.
 */
public final class Network {
    private final int members;
    private final List<Node> nodes;
    private final List<ParameterTensor> tensors;
    private final int parameterCount;
    private final int sharedCount;
    private final float[] parameters;

    Network(int members, List<Node> nodes, List<ParameterTensor> tensors, int parameterCount, int sharedCount) {
        this.members = members;
        this.nodes = List.copyOf(nodes);
        this.tensors = List.copyOf(tensors);
        this.parameterCount = parameterCount;
        this.sharedCount = sharedCount;
        this.parameters = new float[parameterCount];
    }

    /** Returns the number of ensemble members E. */
    public int members() {
        return members;
    }

    /** Returns the parameters of all members; {@link #tensors()} says what lies where. Modified by optimisers. */
    public float[] parameters() {
        return parameters;
    }

    /** Returns the number of parameters of all members together. */
    public int parameterCount() {
        return parameterCount;
    }

    /** Returns the named blocks of {@link #parameters()}, in ascending order of their offsets, without gaps. */
    public List<ParameterTensor> tensors() {
        return tensors;
    }

    /**
     * Returns a tensor by its name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public ParameterTensor tensor(String name) {
        for (ParameterTensor tensor : tensors) {
            if (tensor.name().equals(name)) return tensor;
        }
        throw new IllegalArgumentException("There is no parameter tensor " + name + ".\nMaybe it is one of " + tensors + ".");
    }

    /**
     * Draws all parameters anew. Every entry depends on the seed, its tensor and its place only.
     *
     * @param seed seed of the counter generator
     */
    public void initialise(long seed) {
        for (int t = 0; t < tensors.size(); t++) {
            ParameterTensor tensor = tensors.get(t);
            int copies = tensor.shared() ? 1 : members;
            for (int e = 0; e < copies; e++) {
                tensor.initialiser().fill(parameters, tensor.offset(e), tensor.memberShape(), seed, Initialiser.stream(t, e));
            }
        }
    }

    /** Returns a network of the same graph with its own copy of the parameters, such as a target network. Nodes serve both. */
    public Network copy() {
        Network copy = new Network(members, nodes, tensors, parameterCount, sharedCount);
        System.arraycopy(parameters, 0, copy.parameters, 0, parameterCount);
        return copy;
    }

    /**
     * Copies one member's own parameters between arrays laid out as {@link #parameters()}; shared tensors stay as they are.
     *
     * @param from       source. Not modified.
     * @param fromMember member to read
     * @param to         destination; may be the same array. Modified.
     * @param toMember   member to write
     */
    public void copyMember(float[] from, int fromMember, float[] to, int toMember) {
        Checks.inRange("fromMember", fromMember, 0, members - 1);
        Checks.inRange("toMember", toMember, 0, members - 1);
        for (int t = 0; t < tensors.size(); t++) {
            ParameterTensor tensor = tensors.get(t);
            if (!tensor.shared()) System.arraycopy(from, tensor.offset(fromMember), to, tensor.offset(toMember), tensor.memberSize());
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Returns the nodes that no operation reads. */
    Node[] sinks() {
        boolean[] read = new boolean[nodes.size()];
        for (Node node : nodes) {
            for (Node input : node.inputs()) read[input.index()] = true;
        }
        return nodes.stream().filter(node -> !read[node.index()]).toArray(Node[]::new);
    }

    int sharedCount() {
        return sharedCount;
    }

    Node require(Node node) {
        if (node.index() >= nodes.size() || nodes.get(node.index()) != node) {
            throw new IllegalArgumentException("Node " + node + " belongs to another network.");
        }
        return node;
    }
}
