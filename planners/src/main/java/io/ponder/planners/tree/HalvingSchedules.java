package io.ponder.planners.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tables of sequential halving: how many visits the action of each simulation must have had. One thread's; allocates when it first meets a
 * number of candidates, and never again for it.
 */
final class HalvingSchedules {
    private final int maxSimulations;
    private final int[] @Nullable [] schedules;
    private final int[] madeFor;
    private final int[] scratch;

    HalvingSchedules(int maxConsidered, int maxSimulations) {
        this.maxSimulations = maxSimulations;
        schedules = new int[maxConsidered + 1][];
        madeFor = new int[maxConsidered + 1];
        scratch = new int[maxConsidered];
    }

    /** Returns the visits required in simulation {@code i} of {@code simulations} with {@code considered} candidates. */
    int required(int considered, int simulations, int i) {
        int[] schedule = schedules[considered];
        if (schedule == null) {
            schedule = new int[maxSimulations];
            schedules[considered] = schedule;
        }
        if (madeFor[considered] != simulations) {
            fill(considered, simulations, schedule, scratch);
            madeFor[considered] = simulations;
        }
        return schedule[Math.min(i, simulations - 1)];
    }

    /**
     * Writes the schedule of {@code simulations} simulations.
     *
     * @param visits at least {@code considered} entries. Modified.
     */
    static void fill(int considered, int simulations, int[] out, int[] visits) {
        if (considered <= 1) {
            for (int i = 0; i < simulations; i++) out[i] = i;
            return;
        }
        int phases = 32 - Integer.numberOfLeadingZeros(considered - 1);
        Arrays.fill(visits, 0, considered, 0);
        int candidates = considered;
        int i = 0;
        while (i < simulations) {
            int rounds = Math.max(1, simulations / (phases * candidates));
            for (int round = 0; round < rounds; round++) {
                for (int c = 0; c < candidates && i < simulations; c++) out[i++] = visits[c]++;
            }
            candidates = Math.max(2, candidates / 2);
        }
        Arrays.fill(out, i, out.length, 0);
    }
}
