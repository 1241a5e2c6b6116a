package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes outputs of one member without derivatives, for any number of columns, in blocks that stay in the cache.
 *
 * <p>Blocks in the caller's arrays may have any row stride, so that a member can work on some columns of a wider block. A column's result
 * depends on that column only, to the bit, whatever the number of columns.
 *
 * <p>Memory is taken once, in the constructor; {@link #run} allocates nothing. Not thread-safe, but several passes may share one
 * network, each in a thread of its own.
 */
public final class ForwardPass {
    /**
     * Columns of a block: with 200 features two such blocks and the weights of a layer fit into a second-level cache of 1 MiB. Not a
     * power of two, so that the rows of a block do not fall on the same lines of the first-level cache (5 % faster than 256).
     */
    private static final int DEFAULT_BLOCK = 352;

    /** Only derivatives want work space. */
    private static final float[] NO_WORK = {};

    private final Network network;
    private final int block;
    private final Node[] inputs;
    private final Node[] outputs;
    private final float[][] storage;
    private final int[] storageOffsets;
    private final int[] slots;
    private final OperationFrame[] frames;
    private final float[][] sources;
    private final int[] sourceOffsets;
    private final int[] sourceStrides;
    private final float[][] sinks;
    private final int[] sinkOffsets;
    private final int[] sinkStrides;

    /** Creates a pass that handles 352 columns at a time. */
    public ForwardPass(Network network, Node... outputs) {
        this(network, DEFAULT_BLOCK, outputs);
    }

    /**
     * Creates a pass.
     *
     * @param network the network; its parameters are read anew in every run, but see {@link #transposeWeights}
     * @param block   columns that are handled at a time, which bounds the memory; any number of columns can be run
     * @param outputs nodes to compute, at least one
     */
    public ForwardPass(Network network, int block, Node... outputs) {
        this(network, block, Kernels.get(), outputs);
    }

    ForwardPass(Network network, int block, Kernels kernels, Node... outputs) {
        this.network = network;
        this.block = Checks.positive("block", block);
        Checks.positive("number of outputs", outputs.length);
        this.outputs = outputs.clone();
        Program program = new Program(network, outputs);
        inputs = program.inputs().toArray(new Node[0]);
        slots = new int[network.nodes().size()];
        List<float[]> blocks = new ArrayList<>();
        new StoragePlan(network, program, outputs).assign(slots, blocks, block);
        storage = blocks.toArray(new float[0][]);
        storageOffsets = new int[storage.length];
        int scratchRows = 0;
        for (Node node : program.operations()) scratchRows = Math.max(scratchRows, Program.scratchRows(node));
        float[] scratch = new float[Math.multiplyExact(scratchRows, block)];
        frames = new OperationFrame[program.operations().size()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new OperationFrame(
                    program.operations().get(i), kernels, network.parameters(), storage, storageOffsets, slots, scratch, NO_WORK);
        }
        sources = new float[inputs.length][0];
        sourceOffsets = new int[inputs.length];
        sourceStrides = new int[inputs.length];
        sinks = new float[outputs.length][0];
        sinkOffsets = new int[outputs.length];
        sinkStrides = new int[outputs.length];
    }

    /**
     * Says where an input is read from in the next runs.
     *
     * @param input  an input of the network
     * @param source entry (row, k) at {@code offset + row * stride + k}. Not modified.
     */
    public void read(Node input, float[] source, int offset, int stride) {
        int i = indexOf(inputs, input, "input");
        sources[i] = source;
        sourceOffsets[i] = offset;
        sourceStrides[i] = stride;
    }

    /**
     * Says where an output is written to in the next runs.
     *
     * @param output an output of this pass
     * @param sink   entry (row, k) at {@code offset + row * stride + k}. Modified.
     */
    public void write(Node output, float[] sink, int offset, int stride) {
        int i = indexOf(outputs, output, "output");
        sinks[i] = sink;
        sinkOffsets[i] = offset;
        sinkStrides[i] = stride;
    }

    private static int indexOf(Node[] nodes, Node node, String what) {
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] == node) return i;
        }
        throw new IllegalArgumentException("Node " + node + " is no " + what + " of this pass.");
    }

    /**
     * Makes runs of up to {@link Kernels#FEW_COLUMNS} columns several times faster, to the same bits, by a transposed copy of the weights
     * of dense layers and convolutions: what a search wants that steps one state at a time.
     *
     * <p>From now on such runs compute with the copy. To be called again after every change of the network's parameters, otherwise they
     * use the old ones. The first call allocates the copy, as much as the weights of all members.
     */
    public void transposeWeights() {
        for (OperationFrame frame : frames) {
            if (frame.operation() instanceof Dense || frame.operation() instanceof Conv2d) frame.transposeWeights(network.members());
        }
    }

    /**
     * Computes the outputs.
     *
     * @param member  member whose parameters are used
     * @param columns number of columns K, any
     */
    public void run(int member, int columns) {
        Checks.inRange("member", member, 0, network.members() - 1);
        Checks.nonNegative("columns", columns);
        for (int first = 0; first < columns; first += block) {
            int count = Math.min(block, columns - first);
            for (int i = 0; i < inputs.length; i++) {
                copy(inputs[i].rows(), count, sources[i], sourceOffsets[i] + first, sourceStrides[i], storage[slots[inputs[i].index()]], 0, count);
            }
            for (OperationFrame frame : frames) frame.forward(member, count);
            for (int i = 0; i < outputs.length; i++) {
                copy(outputs[i].rows(), count, storage[slots[outputs[i].index()]], 0, count, sinks[i], sinkOffsets[i] + first, sinkStrides[i]);
            }
        }
    }

    private static void copy(int rows, int columns, float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride) {
        if (fromStride == columns && toStride == columns) {
            System.arraycopy(from, fromOffset, to, toOffset, rows * columns);
            return;
        }
        for (int i = 0; i < rows; i++) System.arraycopy(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
    }

    /**
     * Computes the output of a network of one input and one output.
     *
     * @param member       member whose parameters are used
     * @param input        {@code [in x K]}: entry (row, k) at {@code inputOffset + row * inputStride + k}. Not modified.
     * @param columns      number of columns K, any
     * @param output       {@code [out x K]}: entry (row, k) at {@code outputOffset + row * outputStride + k}. Modified.
     */
    public void run(
            int member, float[] input, int inputOffset, int inputStride, int columns, float[] output, int outputOffset, int outputStride) {
        Checks.same("number of inputs", inputs.length, "inputs given", 1);
        Checks.same("number of outputs", outputs.length, "outputs given", 1);
        read(inputs[0], input, inputOffset, inputStride);
        write(outputs[0], output, outputOffset, outputStride);
        run(member, columns);
    }
}
