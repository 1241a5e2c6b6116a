package io.ponder.gpu;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.BatchProgram;
import io.ponder.engine.nn.BatchStep;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Node;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Computes outputs of a network on an OpenCL device, one launch a batch, with a pass for each level of its program. Parameters go to the device when
 * they have changed, columns are padded to whole groups. Memory is taken by the first batch and again by a larger one.
 *
 * <p>One thread at a time, which is checked. A failure of the device is an {@link IllegalStateException}, after which the evaluator is of no
 * more use.
 */
final class OpenClBatchEvaluator implements BatchEvaluator {
    /** Devices on which the kernel was seen to compile and run. */
    private static final Set<OpenCLDevice> TRIED = ConcurrentHashMap.newKeySet();

    private static final int MANY_GROUPS = 8;

    private final Network network;
    private final List<Node> outputs;
    private final OpenCLDevice device;
    private final String executedOn;
    private final BatchProgram program;
    private final ProgramLayout layout;
    private final float[] weights;
    private final float[][] sources;
    private final float[][] sinks;
    private final SoleUse use = new SoleUse("evaluator", "fork the model for every thread", "close the model after its last search");
    private ProgramKernel kernel;
    private Range range;
    private int capacity;
    private boolean launched;
    private boolean stale = true;
    private long launches;
    private long bytesMoved;

    OpenClBatchEvaluator(Network network, OpenCLDevice device, Node... outputs) {
        this.network = network;
        this.device = device;
        this.outputs = List.of(outputs);
        executedOn = "opencl: " + OpenClDevices.describe(device);
        program = BatchProgram.of(network, outputs);
        List<String> reasons = program.reasons();
        if (!reasons.isEmpty()) {
            throw new IllegalStateException("This network has no OpenCL kernel: " + String.join(" ", reasons) + "\nMaybe run it on the CPU.");
        }
        layout = new ProgramLayout(program);
        weights = new float[Math.max(1, layout.weightCount)];
        layout.writeConstants(weights);
        sources = new float[program.inputs().size()][];
        sinks = new float[outputs.length][];
        kernel = kernel(ActivationKernel.GROUP);
        range = range(ActivationKernel.GROUP);
        if (TRIED.add(device)) compile();
    }

    /** Compiles for the device, so that what the driver refuses is an error here and now. */
    private void compile() {
        try {
            kernel.compile(device);
        } catch (CompileFailedException failure) {
            TRIED.remove(device);
            throw new IllegalStateException("The kernel of networks does not compile on " + executedOn + ": " + failure.getMessage(), failure);
        }
    }

    /** Returns a kernel for so many columns, a multiple of {@link ActivationKernel#GROUP}. */
    private ProgramKernel kernel(int columns) {
        int unitRows = program.rows() - program.inputRows();
        long largest = 4L * columns * Math.max(unitRows, Math.max(program.inputRows(), layout.outputRows));
        long total = 4L * columns * (program.rows() + (long) layout.outputRows) + 4L * weights.length;
        DeviceMemory.check(device, Math.max(largest, 4L * weights.length), total, "The batch", "Maybe search fewer roots together.");
        Math.multiplyExact(layout.parts, columns);
        var made = new ProgramKernel(layout.words, weights, new float[program.inputRows() * columns], new float[unitRows * columns],
                new float[layout.outputRows * columns]);
        made.columns = columns;
        made.inputRows = program.inputRows();
        made.outputTable = layout.outputTable;
        made.setExplicit(true);
        capacity = columns;
        return made;
    }

    private Range range(int columns) {
        return device.createRange(layout.parts * columns, ActivationKernel.GROUP);
    }

    @Override
    public void read(Node input, float[] source, int columns) {
        int at = program.inputs().indexOf(input);
        if (at < 0) throw new IllegalArgumentException("Node " + input + " is no input of this evaluator.");
        sources[at] = source;
    }

    @Override
    public void write(Node output, float[] sink, int columns) {
        int at = outputs.indexOf(output);
        if (at < 0) throw new IllegalArgumentException("Node " + output + " is no output of this evaluator.");
        sinks[at] = sink;
    }

    @Override
    public void run(int columns) {
        if (columns == 0) return;
        use.run(executedOn, () -> launch(columns));
    }

    private void launch(int columns) {
        int padded = padded(columns);
        if (padded > capacity) grow(padded);
        sendParameters();
        copyIn(columns, padded);
        kernel.columns = padded;
        if (range.getGlobalSize(0) != layout.parts * padded) range = range(padded);
        use.risk();
        DeviceLaunch.expect(kernel.output, layout.outputRows * padded);
        DeviceLaunch.run(kernel, range, program.levels(), executedOn);
        launched = true;
        launches += program.levels();
        copyOut(columns, padded);
        use.succeeded();
    }

    /** Returns the columns of a launch: whole groups, and of many an odd number, lest all rows of a column fall on the same lines of a cache. */
    private static int padded(int columns) {
        int groups = (columns + ActivationKernel.GROUP - 1) / ActivationKernel.GROUP;
        if (groups >= MANY_GROUPS) groups |= 1;
        return Math.multiplyExact(groups, ActivationKernel.GROUP);
    }

    private void grow(int padded) {
        ProgramKernel larger = kernel(padded);
        dispose();
        kernel = larger;
        stale = true;
    }

    private void sendParameters() {
        if (!stale) return;
        program.writeParameters(network, weights);
        kernel.put(kernel.weights);
        kernel.put(kernel.words);
        bytesMoved += 4L * kernel.weights.length + 4L * kernel.words.length;
        stale = false;
    }

    private void copyIn(int columns, int padded) {
        for (int i = 0; i < sources.length; i++) {
            BatchStep.Block block = program.inputBlocks().get(i);
            for (int row = 0; row < block.rows(); row++) {
                System.arraycopy(sources[i], row * columns, kernel.input, (block.row() + row) * padded, columns);
            }
        }
        kernel.put(kernel.input);
        bytesMoved += 4L * kernel.input.length;
    }

    private void copyOut(int columns, int padded) {
        DeviceLaunch.fetch(kernel, kernel.output, layout.outputRows * padded, executedOn);
        bytesMoved += 4L * kernel.output.length;
        int from = 0;
        for (int i = 0; i < sinks.length; i++) {
            for (int row = 0; row < outputs.get(i).rows(); row++) {
                System.arraycopy(kernel.output, from++ * padded, sinks[i], row * columns, columns);
            }
        }
    }

    @Override
    public void parametersChanged() {
        stale = true;
    }

    @Override
    public String executedOn() {
        return executedOn;
    }

    @Override
    public long launches() {
        return launches;
    }

    @Override
    public long bytesMoved() {
        return bytesMoved;
    }

    /** What was compiled but never launched must not be disposed of: Aparapi's native code frees what it never made. */
    private void dispose() {
        if (launched) kernel.dispose();
        launched = false;
    }

    @Override
    public void close() {
        use.close(this::dispose);
    }
}
