package io.ponder.worldmodels.latent;

import io.ponder.engine.model.DeviceUse;
import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Node;
import io.ponder.engine.plan.Backend;
import java.util.ArrayList;
import java.util.List;

/** Opens the evaluators of a model and its forks, one for each, and closes them all together. Thread-safe. */
final class SharedEvaluators implements DeviceUse {
    final Backend backend;
    private final List<BatchEvaluator> opened = new ArrayList<>();
    private boolean closed;

    SharedEvaluators(Backend backend) {
        this.backend = backend;
    }

    synchronized BatchEvaluator open(Network network, Node... outputs) {
        if (closed) throw new IllegalStateException("This model was closed.\nMaybe close it after its last search.");
        BatchEvaluator evaluator = backend.open(network, outputs);
        // Evaluators on the CPU hold nothing but memory, which must not outlive the fork.
        if (backend != Backend.CPU) opened.add(evaluator);
        return evaluator;
    }

    @Override
    public synchronized String executedOn() {
        return opened.get(opened.size() - 1).executedOn();
    }

    @Override
    public synchronized long launches() {
        long sum = 0;
        for (int i = 0; i < opened.size(); i++) sum += opened.get(i).launches();
        return sum;
    }

    @Override
    public synchronized long bytesMoved() {
        long sum = 0;
        for (int i = 0; i < opened.size(); i++) sum += opened.get(i).bytesMoved();
        return sum;
    }

    synchronized void close() {
        if (backend == Backend.CPU) return;
        closed = true;
        opened.forEach(BatchEvaluator::close);
    }
}
