package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Clock;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Says how a tree search runs, apart from what it computes. Nothing here changes a result, except through deadlines
 * and the rounding that {@link EdgeStorage} tells of.
 *
 * @param rows         roots B of a call, at least 1
 * @param rowsPerBlock roots that are searched together, with one model call a simulation, before the next ones; 0 for all. A
 *                     block whose trees fit into the cache is faster where the model is cheap; a model may need larger
 *                     batches.
 * @param pool         runs the other threads, or null for the calling thread alone; closed by its owner
 * @param threads      threads among which the roots are spread, at least 1
 * @param clock        tells the time for deadlines
 * @param reserved     nodes a tree has room for beside those of one search, for subtrees that are kept from call to call, at
 *                     least 0
 * @param profiled     whether to measure the share of time in selection, model and back-up, which takes some time itself
 * @param bytes        memory of the trees of all rows at most; where it does not hold a node for every simulation, a full tree is
 *                     searched on without new nodes
 * @param edges        how nodes keep their edges
 */
public record SearchExecution(
        int rows,
        int rowsPerBlock,
        @Nullable ForkJoinPool pool,
        int threads,
        Clock clock,
        int reserved,
        boolean profiled,
        long bytes,
        EdgeStorage edges) {
    public SearchExecution {
        Checks.positive("rows", rows);
        Checks.nonNegative("rowsPerBlock", rowsPerBlock);
        Checks.positive("threads", threads);
        Checks.nonNegative("reserved", reserved);
        Checks.nonNegative("bytes", bytes);
        if (pool == null) Checks.same("threads without a pool", threads, "the calling thread alone", 1);
    }

    /** Returns the execution in the calling thread for {@code rows} roots, all together. */
    public static SearchExecution rows(int rows) {
        return new SearchExecution(rows, 0, null, 1, Clock.SYSTEM, 0, false, Long.MAX_VALUE, EdgeStorage.AUTOMATIC);
    }

    /** Returns this execution with another number of roots that are searched together. */
    public SearchExecution inBlocksOf(int newRowsPerBlock) {
        return new SearchExecution(rows, newRowsPerBlock, pool, threads, clock, reserved, profiled, bytes, edges);
    }

    /** Returns this execution on {@code newThreads} threads of a pool, which the caller owns. */
    public SearchExecution onThreads(ForkJoinPool newPool, int newThreads) {
        return new SearchExecution(rows, rowsPerBlock, newPool, newThreads, clock, reserved, profiled, bytes, edges);
    }

    /** Returns this execution with another clock. */
    public SearchExecution withClock(Clock newClock) {
        return new SearchExecution(rows, rowsPerBlock, pool, threads, newClock, reserved, profiled, bytes, edges);
    }

    /** Returns this execution with room for subtrees of so many nodes that are kept ({@link TreeSearch#keepSubtree}). */
    public SearchExecution keeping(int newReserved) {
        return new SearchExecution(rows, rowsPerBlock, pool, threads, clock, newReserved, profiled, bytes, edges);
    }

    /** Returns this execution with measured shares of time. */
    public SearchExecution profiling() {
        return new SearchExecution(rows, rowsPerBlock, pool, threads, clock, reserved, true, bytes, edges);
    }

    /** Returns this execution with a limit of the memory that the trees take at construction. */
    public SearchExecution withBytes(long newBytes) {
        return new SearchExecution(rows, rowsPerBlock, pool, threads, clock, reserved, profiled, newBytes, edges);
    }

    /** Returns this execution with another way to keep edges, in memory and time. */
    public SearchExecution withEdges(EdgeStorage newEdges) {
        return new SearchExecution(rows, rowsPerBlock, pool, threads, clock, reserved, profiled, bytes, newEdges);
    }
}
