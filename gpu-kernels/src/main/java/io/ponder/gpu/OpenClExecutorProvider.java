package io.ponder.gpu;

import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.RolloutExecutor;
import io.ponder.engine.plan.RolloutExecutorProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes executors for the best OpenCL device of this machine: a GPU or accelerator before a CPU. Thread-safe. */
public final class OpenClExecutorProvider implements RolloutExecutorProvider {
    /** Called by the service loader. */
    public OpenClExecutorProvider() {}

    @Override
    public String backend() {
        return "opencl";
    }

    @Override
    public List<String> devices() {
        return OpenClDevices.best().stream().map(OpenClDevices::describe).toList();
    }

    @Override
    public List<String> reasonsAgainst(WorldModel model, @Nullable ValueFunction terminalValue) {
        return KernelChoice.reasonsAgainst(KernelPlan.of(model, terminalValue));
    }

    @Override
    public RolloutExecutor create(WorldModel model, @Nullable ValueFunction terminalValue) {
        return new OpenClRolloutExecutor(model, terminalValue);
    }
}
