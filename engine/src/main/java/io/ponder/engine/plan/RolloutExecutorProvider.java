package io.ponder.engine.plan;

import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rollout executors of another kind than the CPU's. Found with {@code ServiceLoader}; see {@link Backend}. Thread-safe. */
public interface RolloutExecutorProvider {
    /** Returns the name of the backend, such as {@code opencl}. */
    String backend();

    /** Returns what it would run on, one line a device, the best first; empty where there is none. */
    List<String> devices();

    /**
     * Returns why a model cannot be run, one sentence each; empty where it can.
     *
     * @param terminalValue value at the end of the rollouts, or null
     */
    List<String> reasonsAgainst(WorldModel model, @Nullable ValueFunction terminalValue);

    /**
     * Returns an executor for one planner, on the best device. It belongs to one thread at a time and must be closed.
     *
     * @throws IllegalStateException if there is no device, or the model cannot be run
     */
    RolloutExecutor create(WorldModel model, @Nullable ValueFunction terminalValue);
}
