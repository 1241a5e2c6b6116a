package io.ponder.engine.planlog;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import java.util.Arrays;

/**
 * Plans with another planner and writes every call down. Allocates what it writes: a few kilobytes a call, and never forgets; meant for
 * finding out what happened, not for every day. Threads as the other planner.
 */
public final class LoggingPlanner implements Planner {
    private final Planner planner;
    private final PlanLog log = new PlanLog();
    private final int rows;
    private boolean[] reset;

    /**
     * Creates a planner that logs; the other one forgets its earlier plans.
     *
     * @param planner the other one; closed with this one
     * @param rows    the rows that it plans for
     */
    public LoggingPlanner(Planner planner, int rows) {
        this.planner = planner;
        this.rows = rows;
        reset = new boolean[rows];
        planner.resetAll();
    }

    /** Returns what was logged so far; goes on growing. */
    public PlanLog log() {
        return log;
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        Plan plan = planner.plan(request, budget);
        int[] resetRows = new int[rows];
        int count = 0;
        for (int b = 0; b < rows; b++) if (reset[b]) resetRows[count++] = b;
        log.add(LoggedPlan.of(Arrays.copyOf(resetRows, count), request, budget, plan));
        reset = new boolean[rows];
        return plan;
    }

    @Override
    public void reset(int... resetRows) {
        planner.reset(resetRows);
        for (int row : resetRows) reset[row] = true;
    }

    @Override
    public void resetAll() {
        planner.resetAll();
        Arrays.fill(reset, true);
    }

    @Override
    public void cancel() {
        planner.cancel();
    }

    @Override
    public String name() {
        return planner.name();
    }

    @Override
    public void close() {
        planner.close();
    }
}
