package io.ponder.gpu;

import io.ponder.engine.classic.PendulumBatch;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelTask;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/** The pendulum as a model, with which a device is tested. */
final class PendulumTwin implements WorldModel, Lowerable {
    private final PendulumBatch task = new PendulumBatch();
    private final ModelSpec spec = new ModelSpec(3, 1, 0, 2, 0, 1);

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        task.stateOf(observations, columns, out.resize(columns).values());
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        float[] next = out.next().resize(columns).values();
        task.step(state.values(), actions, columns, next, out.reward(), out.discount(), task.newScratch(columns));
    }

    @Override
    public WorldModel fork() {
        return new PendulumTwin();
    }

    @Override
    public void lower(KernelPlan plan) {
        plan.task(KernelTask.PENDULUM);
    }
}
