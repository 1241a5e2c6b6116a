package io.ponder.planners.tabular;

import io.ponder.engine.Checks;

/** Plans when the visits of a pair are twice those at the last plan, a first visit included. */
final class DoublingSchedule implements SwitchSchedule {
    private final long[] now;
    private final long[] atPlan;

    DoublingSchedule(int pairs) {
        now = new long[Checks.positive("pairs", pairs)];
        atPlan = new long[pairs];
    }

    @Override
    public boolean due(int pair, long visits) {
        now[pair] = visits;
        if (visits < Math.max(1, 2 * atPlan[pair])) return false;
        System.arraycopy(now, 0, atPlan, 0, now.length);
        return true;
    }
}
