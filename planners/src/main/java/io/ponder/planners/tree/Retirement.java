package io.ponder.planners.tree;

import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * Says when the search of a row is over: its simulations are done, the time is up, or nothing can change the action. One
 * thread's.
 */
final class Retirement {
    private final SearchTree tree;
    private final Roots roots;
    private final SearchBlock block;
    private final BudgetMeter meter;
    private final SimulationPace pace = new SimulationPace();
    private long deadline;
    private boolean untilDecided;
    private @Nullable StopReason stopped;

    Retirement(SearchContext context, SearchBlock block, BudgetMeter meter) {
        tree = context.tree();
        roots = context.roots();
        this.block = block;
        this.meter = meter;
    }

    /** Begins a search. */
    void begin(boolean decide) {
        stopped = null;
        untilDecided = decide;
    }

    /** Begins a block of so many of the rows that are left; blocks that follow get their share of the time. */
    void beginBlock(int rows, int left) {
        long nanos = meter.nanosLeft();
        deadline = nanos == Long.MAX_VALUE ? nanos : meter.elapsedNanos() + share(nanos, rows, left);
    }

    /** Returns {@code whole * part / parts}, also where the product is too large for a long. */
    static long share(long whole, int part, int parts) {
        return whole / parts * part + whole % parts * part / parts;
    }

    /** Notes when the first simulation of the block begins. */
    void beginSimulations() {
        pace.begin(deadline == Long.MAX_VALUE ? 0 : meter.elapsedNanos(), deadline);
    }

    /** Takes rows off the list that have done their simulations, or all of them when the time is over. */
    void retire(int simulation) {
        StopReason over = meter.exhausted();
        long now = deadline == Long.MAX_VALUE ? 0 : meter.elapsedNanos();
        if (over == null && now >= deadline) over = StopReason.WALL_CLOCK;
        if (over != null) stopped = over;
        int expected = pace.expected(simulation, now, roots.planned[block.searched[0]]);
        int kept = 0;
        for (int j = 0; j < block.active; j++) {
            int row = block.searched[j];
            boolean done = over != null || simulation >= Math.min(roots.planned[row], roots.cut);
            if (!done && (settled(row) || untilDecided && decided(row, roots.planned[row] - simulation))) {
                done = true;
                if (stopped == null) stopped = StopReason.DECIDED;
            }
            if (done) continue;
            roots.expected[row] = expected;
            block.searched[kept++] = row;
        }
        block.active = kept;
    }

    /** Tells whether the value of a root is certain. */
    private boolean settled(int row) {
        return tree.proofs != null && tree.proofs.settled(row, row * tree.capacity);
    }

    /**
     * Tells whether the rest of the simulations cannot make another edge the most visited one, or an edge is certain to be as
     * good as any other.
     */
    private boolean decided(int row, int left) {
        int slot = row * tree.capacity;
        int from = tree.from(slot);
        int most = 0;
        int second = 0;
        for (int a = from; a < from + tree.actionCount; a++) {
            int n = tree.edgeVisits[a];
            if (n > most) {
                second = most;
                most = n;
            } else if (n > second) {
                second = n;
            }
        }
        if (tree.proofs == null) return most - second > left;
        // An edge with many visits loses to a proven one, so visits alone do not tell.
        int best = MostVisited.best(tree, row, slot);
        return best < 0 || tree.proofs.unbeatable(row, slot, best);
    }

    /** Returns what ended the search before its simulations were done, or null. */
    @Nullable StopReason stopped() {
        return stopped;
    }
}
