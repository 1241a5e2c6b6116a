package io.ponder.engine.tensor;

import io.ponder.engine.Checks;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does the same few shares of work again and again, the first in the calling thread and the others on a pool, and allocates nothing.
 *
 * <p>The tasks are used again, and therefore never joined: the thread that completes a {@link java.util.concurrent.ForkJoinTask} wakes
 * those who wait for it a moment later, and would in that moment take from the list those who already wait for its next use, who then are
 * never woken. Here the last share that ends wakes the caller.
 *
 * <p>One thread calls {@link #run} at a time. It may be one of the pool's own: what no other thread has begun it takes back.
 */
public final class Team {
    /** The work. */
    public interface Work {
        /** Does one share; runs on several threads at once for different shares. */
        void run(int share);
    }

    /** A pool that is stopped at once cancels tasks without a word. */
    private static final long GLANCE_NANOS = 100_000_000;

    private final @Nullable ForkJoinPool pool;
    private final Work work;
    private final Share[] shares;
    private final AtomicInteger running = new AtomicInteger();
    private volatile @Nullable Thread caller;

    /**
     * Creates a team.
     *
     * @param pool runs the other shares, or null where there is only one; closed by its owner
     * @param size largest number of shares, at least 1
     */
    public Team(@Nullable ForkJoinPool pool, int size, Work work) {
        this.pool = pool;
        this.work = work;
        shares = new Share[pool == null ? 1 : Checks.positive("size", size)];
        for (int i = 0; i < shares.length; i++) shares[i] = new Share(i);
    }

    /** Returns the largest number of shares: 1 without a pool. */
    public int size() {
        return shares.length;
    }

    /**
     * Does the shares {@code 0 .. count - 1} and returns when all have ended, whether the thread is interrupted or not.
     *
     * @param count how many shares, 1 to {@link #size}. What one of them throws is thrown here, after the others have ended
     * @throws CancellationException if the pool was stopped while it worked
     */
    public void run(int count) {
        caller = Thread.currentThread();
        running.set(count - 1);
        for (int i = 1; i < count && pool != null; i++) pool.execute(shares[i].prepared());
        shares[0].attempt();
        await(count);
        Throwable failure = null;
        for (int i = 0; i < count && failure == null; i++) failure = shares[i].ending();
        if (failure instanceof Error error) throw error;
        if (failure != null) throw (RuntimeException) failure;
    }

    @SuppressWarnings("ThreadPriorityCheck") // To yield is right where the other thread needs the processor for some instructions.
    private void await(int count) {
        // The last one handed over is the first that a thread of the pool can take back.
        for (int i = count - 1; i > 0; i--) {
            if (shares[i].tryUnfork()) {
                shares[i].attempt();
                running.decrementAndGet();
            } else {
                shares[i].handedOver = true;
            }
        }
        boolean interrupted = false;
        while (running.get() > 0 && !done(count)) {
            LockSupport.parkNanos(this, GLANCE_NANOS);
            interrupted |= Thread.interrupted();
        }
        // Between the end of the work and that of the task lie some instructions of the pool's thread.
        while (!done(count)) Thread.yield();
        if (interrupted) Thread.currentThread().interrupt();
    }

    private boolean done(int count) {
        for (int i = 1; i < count; i++) if (shares[i].handedOver && !shares[i].isDone()) return false;
        return true;
    }

    private final class Share extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final int number;
        private boolean handedOver;
        private transient @Nullable Throwable failure;

        Share(int number) {
            this.number = number;
        }

        Share prepared() {
            reinitialize();
            handedOver = false;
            return this;
        }

        /** Returns what was thrown. */
        @Nullable Throwable ending() {
            return handedOver && isCancelled() ? new CancellationException("The pool was stopped while it worked.") : failure;
        }

        /** Works and keeps what is thrown, which the pool would wrap. */
        void attempt() {
            failure = null;
            try {
                work.run(number);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        @Override
        protected void compute() {
            attempt();
            if (running.decrementAndGet() == 0) LockSupport.unpark(caller);
        }
    }
}
