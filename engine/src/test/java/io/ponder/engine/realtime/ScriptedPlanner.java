package io.ponder.engine.realtime;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.StopReason;
import java.util.ArrayList;
import java.util.List;

/** Answers call c (from 1) with the actions {@code c, c + 0.01, c + 0.02, ...} and remembers what it was asked. */
final class ScriptedPlanner implements Planner {
    final List<Float> roots = new ArrayList<>();
    final List<Integer> elapsed = new ArrayList<>();
    private final Plan plan;
    private final BudgetMeter meter;
    /** Runs in the middle of a call. */
    Runnable hook = () -> {};
    boolean remembers = true;
    volatile int calls;
    volatile boolean cancelled;
    int resets;

    ScriptedPlanner(int horizon, Clock clock) {
        plan = new Plan(1, horizon, 1);
        meter = new BudgetMeter(clock);
    }

    static float action(int call, int step) {
        return call + 0.01f * step;
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        calls++;
        meter.start(budget);
        if (remembers) {
            roots.add(request.roots().values()[0]);
            elapsed.add(request.elapsedSteps()[0]);
        }
        hook.run();
        for (int t = 0; t < plan.horizon(); t++) plan.sequence()[t] = action(calls, t);
        plan.actions()[0] = plan.sequence()[0];
        plan.diagnostics().record(cancelled ? StopReason.CANCELLED : StopReason.COMPLETED, meter, 0, "script");
        cancelled = false;
        return plan;
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
        return "scripted";
    }

    @Override
    public void close() {}
}
