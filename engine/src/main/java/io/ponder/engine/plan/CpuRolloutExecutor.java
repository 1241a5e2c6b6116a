package io.ponder.engine.plan;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.Kernels;
import io.ponder.engine.tensor.Team;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rolls out on the CPU, block by block: each block of columns goes through the whole horizon before the next begins, so that its state
 * stays in the first-level cache.
 *
 * <p>With a pool, blocks are handed to {@code threads} workers, each with its own fork of the model; the returns are the same for any
 * number of threads. Memory is taken at construction and on the first call; one thread calls {@link #rollout} at a time.
 */
public final class CpuRolloutExecutor implements RolloutExecutor {
    private final Worker[] workers;
    private final Team team;
    private final int blockColumns;
    private final Kernels kernels = Kernels.get();
    private final AtomicInteger nextBlock = new AtomicInteger();

    /** Creates an executor that runs in the calling thread. */
    public CpuRolloutExecutor(WorldModel model) {
        this(model, null, 1);
    }

    /**
     * Creates an executor with {@code threads} workers.
     *
     * @param model   the model; used by this executor's thread from now on, forked for the others
     * @param pool    runs the other workers, or null for one thread; the caller owns it
     * @param threads number of workers, the calling thread included
     */
    public CpuRolloutExecutor(WorldModel model, @Nullable ForkJoinPool pool, int threads) {
        blockColumns = Checks.positive("blockColumns of the model", model.blockColumns());
        workers = new Worker[pool == null ? 1 : Checks.positive("threads", threads)];
        for (int i = 0; i < workers.length; i++) workers[i] = new Worker(i == 0 ? model : model.fork());
        team = new Team(pool, workers.length, share -> workers[share].work());
    }

    @Override
    public void rollout(RolloutRequest request) {
        request.drawnElsewhere(false);
        int blockCandidates = Math.max(1, blockColumns / request.particles());
        int blocks = (request.actionColumns() + blockCandidates - 1) / blockCandidates;
        int active = Math.min(workers.length, blocks);
        nextBlock.set(0);
        for (int i = 0; i < active; i++) workers[i].prepare(request, blockCandidates, blocks);
        team.run(active);
        finish(request, blockCandidates, blocks);
    }

    /** Forfeits the columns that were not begun because the call is over. */
    private void finish(RolloutRequest request, int blockCandidates, int blocks) {
        RolloutWatch watch = request.watch();
        if (watch == null) return;
        int begun = Math.min(nextBlock.get(), blocks);
        int limit = watch.columnLimit();
        if (limit < request.actionColumns()) begun = Math.min(begun, Math.max(1, (limit + blockCandidates - 1) / blockCandidates));
        int finished = Math.min(request.actionColumns(), begun * blockCandidates);
        watch.finished(finished);
        request.forfeit(finished, request.actionColumns() - finished);
    }

    @Override
    public String executedOn() {
        return workers.length == 1 ? "cpu" : "cpu x" + workers.length;
    }

    @Override
    public void close() {}

    /** One thread's share: takes blocks until none is left. */
    private final class Worker {
        private final WorldModel model;
        private @Nullable RolloutRequest request;
        private @Nullable StepBuffer even;
        private @Nullable StepBuffer odd;
        private @Nullable ColumnKeys keys;
        private float[] actions = {};
        private float[] weight = {};
        private float[] value = {};
        private float[] product = {};
        private float[] ones = {};
        private boolean weightsAreOne;
        private boolean weightsArePositive;
        private int blockCandidates;
        private int blocks;

        Worker(WorldModel model) {
            this.model = model;
        }

        void prepare(RolloutRequest newRequest, int newBlockCandidates, int newBlocks) {
            request = newRequest;
            blockCandidates = newBlockCandidates;
            blocks = newBlocks;
            int needed = Math.min(newBlockCandidates, newRequest.actionColumns()) * newRequest.particles();
            if (weight.length >= needed) return;
            even = new StepBuffer(model.spec(), needed);
            odd = new StepBuffer(model.spec(), needed);
            keys = new ColumnKeys(needed);
            actions = new float[newRequest.actionSize() * needed];
            weight = new float[needed];
            value = new float[needed];
            product = new float[needed];
            ones = new float[needed];
            Arrays.fill(ones, 1);
        }

        /** Takes blocks until none is left; where one throws the others take no more. */
        void work() {
            try {
                takeBlocks();
            } catch (RuntimeException | Error e) {
                nextBlock.set(blocks);
                throw e;
            }
        }

        private void takeBlocks() {
            RolloutRequest r = request;
            StepBuffer from = even;
            StepBuffer to = odd;
            ColumnKeys k = keys;
            if (r == null || from == null || to == null || k == null) throw new IllegalStateException("not prepared");
            RolloutWatch watch = r.watch();
            // The first block is rolled out in any case; the others are taken in order, so that those left out are the last ones.
            for (boolean begun = this != workers[0]; !begun || watch == null || watch.mayGoOn(); begun = true) {
                int block = nextBlock.getAndIncrement();
                int first = block * blockCandidates;
                if (block >= blocks || (watch != null && block > 0 && first >= watch.columnLimit())) return;
                int count = Math.min(blockCandidates, r.actionColumns() - first);
                r.sampleBlock(first, count);
                if (watch == null) {
                    r.beginBlock(model, first * r.particles(), count * r.particles(), from.next(), k);
                    rollOut(r, from, to, k, first, count);
                } else {
                    survive(r, watch, from, to, k, first, count);
                }
            }
        }

        /** Rolls a block out, or forfeits it where the model throws. */
        private void survive(RolloutRequest r, RolloutWatch watch, StepBuffer from, StepBuffer to, ColumnKeys k, int first, int count) {
            try {
                r.beginBlock(model, first * r.particles(), count * r.particles(), from.next(), k);
                rollOut(r, from, to, k, first, count);
            } catch (Throwable thrown) {
                RolloutWatch.rethrowFatal(thrown);
                watch.failed(thrown);
                r.forfeit(first, count);
            }
        }

        /** Steps the block through the horizon and adds up its returns. */
        private void rollOut(RolloutRequest r, StepBuffer from, StepBuffer to, ColumnKeys k, int first, int count) {
            int columns = count * r.particles();
            float[] returns = r.returns();
            int offset = first * r.particles();
            Arrays.fill(returns, offset, offset + columns, 0);
            Arrays.fill(weight, 0, columns, 1);
            weightsAreOne = true;
            weightsArePositive = true;
            for (int t = 0; t < r.horizon(); t++) {
                readActions(r, t, first, count);
                model.step(from.next(), actions, k.step(t), to);
                accumulate(to, returns, offset, columns);
                StepBuffer swap = from;
                from = to;
                to = swap;
            }
            if (r.terminalValue() != null) {
                r.terminalValue().value(from.next(), value);
                addWeighted(value, returns, offset, columns);
            }
        }

        private void readActions(RolloutRequest r, int t, int first, int count) {
            int particles = r.particles();
            for (int a = 0; a < r.actionSize(); a++) {
                int from = (t * r.actionSize() + a) * r.actionColumns() + first;
                int to = a * count * particles;
                if (particles == 1) {
                    System.arraycopy(r.actions(), from, actions, to, count);
                } else {
                    for (int j = 0; j < count; j++) {
                        Arrays.fill(actions, to + j * particles, to + (j + 1) * particles, r.actions()[from + j]);
                    }
                }
            }
        }

        /** Adds the rewards of one step and multiplies the weights by its discounts. */
        private void accumulate(StepBuffer step, float[] returns, int offset, int columns) {
            addWeighted(step.reward(), returns, offset, columns);
            float[] discount = step.discount();
            // Most steps of most models end nothing; a comparison of arrays is many times cheaper than a minimum.
            if (Arrays.mismatch(discount, 0, columns, ones, 0, columns) < 0) return;
            weightsAreOne = false;
            if (weightsArePositive && kernels.min(columns, discount, 0) > 0) {
                kernels.times(columns, weight, 0, discount, 0, weight, 0);
                // A product of small discounts may vanish.
                weightsArePositive = kernels.min(columns, weight, 0) > 0;
                return;
            }
            weightsArePositive = false;
            for (int j = 0; j < columns; j++) weight[j] = weight[j] != 0 ? weight[j] * discount[j] : 0;
        }

        /**
         * Adds {@code weight * x}; what a model says after the end of an episode (weight 0) does not count, not even a NaN. The three
         * ways give the same floats, so that a column does not depend on its neighbours.
         */
        private void addWeighted(float[] x, float[] returns, int offset, int columns) {
            if (weightsAreOne) {
                kernels.add(columns, returns, offset, x, 0, returns, offset);
            } else if (weightsArePositive) {
                kernels.times(columns, weight, 0, x, 0, product, 0);
                kernels.add(columns, returns, offset, product, 0, returns, offset);
            } else {
                for (int j = 0; j < columns; j++) {
                    float w = weight[j];
                    returns[offset + j] += w != 0 ? w * x[j] : 0;
                }
            }
        }
    }
}
