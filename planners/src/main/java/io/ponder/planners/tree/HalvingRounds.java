package io.ponder.planners.tree;

/**
 * Plans sequential halving round by round: how many visits the action of the next simulation must have had. In a round every candidate is
 * tried once; after some rounds half of the candidates are left, down to two.
 *
 * <p>With n simulations and m candidates there are ceil(log2 m) phases, and one with k candidates has max(1, n / (phases * k)) rounds, as in
 * mctx. Between rounds n may change: a phase ends when it has had its rounds by the latest n, and no later than leaves the phases that
 * follow their share of what is left. One thread's a row; allocates nothing.
 */
final class HalvingRounds {
    /** Simulations before the round, and before the phase. */
    private final int[] round;
    private final int[] phaseStart;
    /** Rounds since the beginning: the visits that candidates have had. */
    private final int[] rounds;
    private final int[] roundsOfPhase;
    private final int[] phase;
    private final int[] candidates;

    HalvingRounds(int rows) {
        round = new int[rows];
        phaseStart = new int[rows];
        rounds = new int[rows];
        roundsOfPhase = new int[rows];
        phase = new int[rows];
        candidates = new int[rows];
    }

    /**
     * Returns the visits required in a simulation. Simulations of a row are asked for in order; 0 begins anew.
     *
     * @param considered candidates at the beginning
     * @param planned    simulations of the search
     * @param expected   simulations that will be done by what is known now, at most {@code planned}
     * @param simulation number of the simulation, from 0
     */
    int required(int row, int considered, int planned, int expected, int simulation) {
        if (simulation == 0) begin(row, considered);
        if (considered <= 1) return simulation;
        while (simulation >= round[row] + candidates[row]) {
            round[row] += candidates[row];
            rounds[row]++;
            if (++roundsOfPhase[row] >= length(row, considered, planned, expected)) halve(row);
        }
        return rounds[row];
    }

    private void begin(int row, int considered) {
        round[row] = 0;
        phaseStart[row] = 0;
        rounds[row] = 0;
        roundsOfPhase[row] = 0;
        phase[row] = 0;
        candidates[row] = considered;
    }

    private void halve(int row) {
        phase[row]++;
        roundsOfPhase[row] = 0;
        phaseStart[row] = round[row];
        candidates[row] = Math.max(2, candidates[row] / 2);
    }

    /** Returns the rounds of the phase that a row is in. */
    private int length(int row, int considered, int planned, int expected) {
        int phases = 32 - Integer.numberOfLeadingZeros(considered - 1);
        long simulations = planned;
        if (expected < planned) {
            long left = Math.max(0, expected - phaseStart[row]);
            simulations = Math.min(expected, left * phases / Math.max(1, phases - phase[row]));
        }
        return (int) Math.max(1, simulations / ((long) phases * candidates[row]));
    }
}
