package io.ponder.planners;

import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;

/** Scores through a rollout executor, its own one unless the caller gave one. */
final class RolloutScorer implements Scorer {
    private final RolloutExecutor executor;
    private final boolean owned;

    RolloutScorer(Problem problem, Execution execution) {
        RolloutExecutor given = execution.executor();
        owned = given == null;
        executor = given == null ? execution.backend().open(problem) : given;
    }

    @Override
    public void score(RolloutRequest request) {
        executor.rollout(request);
    }

    @Override
    public void evaluate(RolloutRequest request) {
        executor.rollout(request);
    }

    @Override
    public int chargePerStep() {
        return 1;
    }

    @Override
    public String executedOn() {
        return executor.executedOn();
    }

    @Override
    public long launches() {
        return executor.launches();
    }

    @Override
    public long bytesMoved() {
        return executor.bytesMoved();
    }

    @Override
    public void close() {
        if (owned) executor.close();
    }
}
