package io.ponder.gpu;

import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.plan.SequenceLaw;
import org.jspecify.annotations.Nullable;

/**
 * Says how long the arrays of a {@link RolloutKernel} must be; none is empty.
 *
 * @param tiles tiles of the launch
 */
record RolloutSizes(
        int rows, int tiles, int actions, int drawn, int law, int returns, int prices, int averages, int likelihoods) {
    /** What a launch of no steps needs. */
    static final RolloutSizes LEAST = new RolloutSizes(1, 1, 1, 1, 1, 1, 1, 1, 1);

    /**
     * Returns what a request needs; where it states a law, sequences are drawn on the device.
     *
     * @throws ArithmeticException if a length is beyond the integers
     */
    static RolloutSizes of(KernelPlan plan, RolloutRequest request, @Nullable SequenceLaw law, int averagers) {
        int perRow = Math.multiplyExact(request.maxCandidates(), request.particles());
        int returns = Math.multiplyExact(request.rows(), perRow);
        int tiles = KernelChoice.tiles(plan, request.rows(), perRow);
        int length = Math.multiplyExact(request.horizon(), request.actionSize());
        if (law == null) {
            return new RolloutSizes(request.rows(), tiles, Math.multiplyExact(length, request.actionColumns()), 1, 1, returns, 1, 1, 1);
        }
        int drawn = Math.multiplyExact(Math.multiplyExact(tiles, RolloutKernel.GROUP), length);
        int likelihoods = law.averaged() ? Math.multiplyExact(2 * averagers, request.maxCandidates()) : 1;
        return new RolloutSizes(request.rows(), tiles, 1, drawn, law.size(), returns, Math.max(1, law.prices().length),
                Math.max(1, law.average().length), likelihoods);
    }

    /** Tells whether arrays of these sizes hold all that {@code wanted} asks for. */
    boolean hold(RolloutSizes wanted) {
        return equals(orMore(wanted));
    }

    /** Returns the larger of both, size by size. */
    RolloutSizes orMore(RolloutSizes other) {
        return new RolloutSizes(
                Math.max(rows, other.rows),
                Math.max(tiles, other.tiles),
                Math.max(actions, other.actions),
                Math.max(drawn, other.drawn),
                Math.max(law, other.law),
                Math.max(returns, other.returns),
                Math.max(prices, other.prices),
                Math.max(averages, other.averages),
                Math.max(likelihoods, other.likelihoods));
    }
}
