package io.ponder.engine.train;

import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.tensor.CounterRandom;

/** Best of N constant actions in [-1, 1] over a horizon, for tests: it must not depend on the planners above the engine. */
final class ShootingPlanner implements Planner {
    static final int SAMPLES = 64;

    private final WorldModel model;
    private final int horizon;
    private final Plan plan;
    private final StepBuffer[] buffers;
    private final ColumnKeys keys = new ColumnKeys(SAMPLES);
    private final BudgetMeter meter = new BudgetMeter(Clock.SYSTEM);
    private final float[] actions = new float[SAMPLES];
    private final float[] returns = new float[SAMPLES];
    int resets;
    int elapsed;
    volatile boolean cancelled;

    ShootingPlanner(WorldModel model, int horizon) {
        this.model = model;
        this.horizon = horizon;
        plan = new Plan(1, horizon, 1);
        buffers = new StepBuffer[] {new StepBuffer(model.spec(), SAMPLES), new StepBuffer(model.spec(), SAMPLES)};
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        meter.start(budget);
        elapsed = request.elapsedSteps()[0];
        long key = request.keys()[0];
        buffers[0].next().repeat(request.roots(), SAMPLES, 0, SAMPLES);
        keys.resize(SAMPLES).set(0, SAMPLES, key, 0);
        for (int k = 0; k < SAMPLES; k++) {
            actions[k] = 2 * CounterRandom.uniform((int) key, (int) (key >>> 32), k, 0) - 1;
            returns[k] = 0;
        }
        for (int t = 0; t < horizon; t++) {
            model.step(buffers[t & 1].next(), actions, keys.step(t), buffers[~t & 1]);
            for (int k = 0; k < SAMPLES; k++) returns[k] += buffers[~t & 1].reward()[k];
        }
        int best = 0;
        for (int k = 1; k < SAMPLES; k++) if (returns[k] > returns[best]) best = k;
        plan.actions()[0] = actions[best];
        plan.predictedReturn()[0] = returns[best];
        meter.chargeModelSteps((long) SAMPLES * horizon);
        plan.diagnostics().record(StopReason.COMPLETED, meter, 0, "test");
        return plan;
    }

    long modelStepsOfAPlan() {
        return (long) SAMPLES * horizon;
    }

    @Override
    public void reset(int... rows) {
        resets++;
    }

    @Override
    public void resetAll() {
        resets++;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public String name() {
        return "shooting";
    }

    @Override
    public void close() {}
}
