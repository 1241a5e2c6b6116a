package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one member of a network on a batch {@code [rows x K]}, forwards and then backwards (reverse mode).
 *
 * <p>Usage: {@link #bind} the inputs, {@link #forward}, fill the {@link #seed} of every root, {@link #backward}. All blocks are dense in
 * the current K, which may be anything up to the capacity.
 *
 * <p>Memory is taken once, in the constructor; a pass allocates nothing. Not thread-safe, but several tapes may run on one network, each
 * in a thread of its own.
 */
public final class Tape {
    private final Network network;
    private final int capacity;
    private final Kernels kernels;
    private final Program program;
    private final float[][] values;
    private final int[] offsets;
    private final OperationFrame[] forward;
    private final GradientPlan plan;
    private final OperationFrame[] backward;
    private final float[][][] sums;
    private final ParameterTensor[][] firstTouched;
    private final ParameterTensor[] untouched;
    private final boolean[] overwrites;
    private final float[][][] inputSums;
    private final float[][] gradients;
    private final boolean[] seeded;
    private int member;
    private int columns = -1;

    /**
     * Creates a tape.
     *
     * @param network  the network; its parameters are read anew in every pass
     * @param capacity largest number of samples K
     * @param by       what the derivatives are taken by
     * @param roots    nodes that are read or that derivatives start from; what they do not need is not computed. None
     *                 means all nodes that no operation reads.
     */
    public Tape(Network network, int capacity, Differentiate by, Node... roots) {
        this(network, capacity, by, Kernels.get(), roots);
    }

    Tape(Network network, int capacity, Differentiate by, Kernels kernels, Node... roots) {
        this.network = network;
        this.capacity = Checks.positive("capacity", capacity);
        this.kernels = kernels;
        Node[] ends = roots.length == 0 ? network.sinks() : roots;
        this.program = new Program(network, ends);
        List<Node> nodes = network.nodes();
        int count = nodes.size();
        values = new float[count][];
        offsets = new int[count];
        int[] slots = new int[count];
        for (int i = 0; i < count; i++) {
            slots[i] = i;
            values[i] = program.needs(nodes.get(i)) ? new float[Math.multiplyExact(nodes.get(i).rows(), capacity)] : new float[0];
        }
        int workFloats = 0;
        for (Node node : program.operations()) workFloats = Math.max(workFloats, Program.workFloats(node));
        float[] work = new float[by.parameters() || by.inputs() ? workFloats : 0];
        OperationFrame[] frameOfNode = new OperationFrame[count];
        forward = new OperationFrame[program.operations().size()];
        for (int i = 0; i < forward.length; i++) {
            Node node = program.operations().get(i);
            float[] scratch = new float[Math.multiplyExact(Program.scratchRows(node), capacity)];
            forward[i] = new OperationFrame(node, kernels, network.parameters(), values, offsets, slots, scratch, work);
            frameOfNode[node.index()] = forward[i];
        }
        plan = new GradientPlan(network, program, frameOfNode, capacity, by, ends);
        backward = plan.frames();
        sums = plan.sums();
        firstTouched = plan.firstTouched();
        untouched = untouched(network, firstTouched);
        overwrites = new boolean[backward.length];
        for (int i = 0; i < backward.length; i++) {
            Operation operation = backward[i].operation();
            overwrites[i] = operation.overwritesParameters() && firstTouched[i].length == operation.parameters().size();
        }
        gradients = new float[count][];
        seeded = new boolean[count];
        List<float[][]> severalConsumers = new ArrayList<>();
        for (Node node : nodes) {
            float[][] parts = plan.parts(node);
            gradients[node.index()] = parts.length > 0 ? parts[0] : new float[Math.multiplyExact(node.rows(), capacity)];
            if (node.operation() == null && parts.length > 1) severalConsumers.add(parts);
        }
        for (Node root : ends) seeded[root.index()] = plan.requires(root);
        inputSums = severalConsumers.toArray(new float[0][][]);
    }

    private static ParameterTensor[] untouched(Network network, ParameterTensor[][] touched) {
        List<ParameterTensor> left = new ArrayList<>(network.tensors());
        for (ParameterTensor[] tensors : touched) left.removeAll(List.of(tensors));
        return left.toArray(new ParameterTensor[0]);
    }

    /** Returns the largest number of samples. */
    public int capacity() {
        return capacity;
    }

    /** Returns the number of samples of the last forward pass. */
    public int columns() {
        return columns;
    }

    /**
     * Makes an input read from an array of the caller, without copying.
     *
     * @param input  an input or target of the network
     * @param source {@code [rows x K]} from {@code offset} on, dense. Not modified; read by {@link #forward} and {@link #backward}.
     * @param offset place of the first entry
     */
    public void bind(Node input, float[] source, int offset) {
        requireInput(input);
        values[input.index()] = source;
        offsets[input.index()] = offset;
    }

    /**
     * Computes all nodes.
     *
     * @param runMember  member whose parameters are used
     * @param newColumns number of samples K, at most the capacity
     */
    public void forward(int runMember, int newColumns) {
        member = Checks.inRange("member", runMember, 0, network.members() - 1);
        columns = Checks.inRange("columns", newColumns, 0, capacity);
        for (int i = 0; i < program.inputs().size(); i++) {
            Node input = program.inputs().get(i);
            Checks.length(input.name(), values[input.index()], offsets[input.index()] + input.rows() * columns, "[rows x K]");
        }
        for (OperationFrame frame : forward) frame.forward(member, columns);
    }

    /** Returns the array that holds a node's values {@code [rows x K]}, from {@link #offset} on. For an input that is not bound: to be filled. */
    public float[] values(Node node) {
        return values[requireNeeded(node).index()];
    }

    /** Returns where a node's values begin: 0, except for a bound input. */
    public int offset(Node node) {
        return offsets[requireNeeded(node).index()];
    }

    /**
     * Returns the array {@code [rows x K]} for the derivative by a root, from which the backward pass starts. To be filled, as a whole,
     * before every {@link #backward}, which may modify it.
     *
     * @throws IllegalArgumentException if the node is not a root, or nothing that it depends on is differentiated by
     */
    public float[] seed(Node root) {
        network.require(root);
        if (!seeded[root.index()]) throw new IllegalArgumentException("No derivative starts at " + root + ".\nMaybe it was not given as a root.");
        return gradients[root.index()];
    }

    /**
     * Computes the derivatives, from the seeds back.
     *
     * @param gradient   receives the derivatives by the parameters of the member that ran; null if none are wanted. Modified.
     * @param accumulate whether to add to what is in {@code gradient}; otherwise everything this member may write is overwritten
     */
    public void backward(@Nullable ParameterGradient gradient, boolean accumulate) {
        if (columns < 0) throw new IllegalStateException("backward needs a forward pass first");
        boolean clear = gradient != null && !accumulate;
        if (clear) clear(gradient, untouched);
        for (int i = 0; i < backward.length; i++) {
            addUp(sums[i], backward[i].rows());
            boolean fresh = clear && overwrites[i];
            if (clear && !fresh) clear(gradient, firstTouched[i]);
            backward[i].backward(member, gradient, fresh);
        }
        for (float[][] parts : inputSums) addUp(parts, parts[0].length / capacity);
    }

    private void clear(@Nullable ParameterGradient gradient, ParameterTensor[] tensors) {
        if (gradient == null) return;
        for (ParameterTensor tensor : tensors) gradient.clear(tensor, member);
    }

    private void addUp(float[][] parts, int rows) {
        for (int p = 1; p < parts.length; p++) kernels.add(rows * columns, parts[0], 0, parts[p], 0, parts[0], 0);
    }

    /** Returns the derivative {@code [rows x K]} by an input after {@link #backward}; zeros where nothing flows back to it. */
    public float[] gradient(Node input) {
        requireInput(input);
        return gradients[input.index()];
    }

    private void requireInput(Node input) {
        if (requireNeeded(input).operation() != null) {
            throw new IllegalArgumentException("Node " + input + " is no input.\nMaybe declare it with input or target.");
        }
    }

    private Node requireNeeded(Node node) {
        network.require(node);
        if (!program.needs(node)) throw new IllegalArgumentException("Node " + node + " is not computed.\nMaybe add it to the roots.");
        return node;
    }
}
