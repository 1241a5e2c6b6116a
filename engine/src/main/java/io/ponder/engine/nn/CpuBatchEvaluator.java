package io.ponder.engine.nn;

import io.ponder.engine.tensor.KernelChoice;

/** A {@link ForwardPass} of member 0, fast for few columns as well. One thread at a time; allocates nothing once warm. */
final class CpuBatchEvaluator implements BatchEvaluator {
    private final ForwardPass pass;
    private boolean stale = true;
    private boolean closed;

    CpuBatchEvaluator(Network network, Node... outputs) {
        pass = new ForwardPass(network, outputs);
    }

    @Override
    public void read(Node input, float[] source, int columns) {
        pass.read(input, source, 0, columns);
    }

    @Override
    public void write(Node output, float[] sink, int columns) {
        pass.write(output, sink, 0, columns);
    }

    @Override
    public void run(int columns) {
        if (closed) throw new IllegalStateException("This evaluator was closed.\nMaybe close the model after its last search.");
        if (stale) pass.transposeWeights();
        stale = false;
        pass.run(0, columns);
    }

    @Override
    public void parametersChanged() {
        stale = true;
    }

    @Override
    public String executedOn() {
        return "cpu, " + KernelChoice.current().name() + " kernels";
    }

    @Override
    public void close() {
        closed = true;
    }
}
