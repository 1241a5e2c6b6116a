package io.ponder.planners;

import io.ponder.engine.classic.BatchedTask;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;

/** A classic task as a model whose observation is its state. */
final class TaskModel implements WorldModel {
    private final BatchedTask task;
    private final ModelSpec spec;
    private float[][] scratch;

    TaskModel(BatchedTask task) {
        this.task = task;
        spec = ModelSpec.continuous(task.stateSize(), task.actionSize());
        scratch = task.newScratch(blockColumns());
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, spec.stateSize() * columns);
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        if (scratch[0].length < columns) scratch = task.newScratch(columns);
        task.step(state.values(), actions, columns, out.next().resize(columns).values(), out.reward(), out.discount(), scratch);
    }

    @Override
    public WorldModel fork() {
        return new TaskModel(task);
    }

    /** Plays an episode in the model itself and returns its return. */
    static double play(SamplingPlanner planner, TaskModel model, float[] start, int steps, long seed) {
        return play(planner, model, start, steps, seed, Budget.UNLIMITED);
    }

    static double play(
            SamplingPlanner planner, TaskModel model, float[] start, int steps, long seed, Budget budget) {
        var request = new PlanRequest(model, 1);
        var keys = new ColumnKeys(1).resize(1);
        var out = new StepBuffer(model.spec(), 1);
        float[] state = start.clone();
        double total = 0;
        planner.resetAll();
        for (int t = 0; t < steps; t++) {
            request.observe(model, state).keys(seed, t);
            var plan = planner.plan(request, budget);
            model.step(request.roots(), plan.actions(), keys.step(t), out);
            total += out.reward()[0];
            System.arraycopy(out.next().values(), 0, state, 0, state.length);
        }
        return total;
    }
}
