package io.ponder.gpu;

import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.BatchEvaluatorProvider;
import io.ponder.engine.nn.BatchProgram;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Node;
import java.util.List;

/** Makes evaluators of networks for the best OpenCL device of this machine: a GPU or accelerator before a CPU. Thread-safe. */
public final class OpenClEvaluatorProvider implements BatchEvaluatorProvider {
    /** Called by the service loader. */
    public OpenClEvaluatorProvider() {}

    @Override
    public String backend() {
        return "opencl";
    }

    @Override
    public List<String> devices() {
        return OpenClDevices.best().stream().map(OpenClDevices::describe).toList();
    }

    @Override
    public List<String> reasonsAgainst(Network network, Node... outputs) {
        return BatchProgram.of(network, outputs).reasons();
    }

    @Override
    public BatchEvaluator create(Network network, Node... outputs) {
        return new OpenClBatchEvaluator(network, OpenClDevices.required(), outputs);
    }
}
