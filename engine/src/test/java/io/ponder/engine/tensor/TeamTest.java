package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ponder.testing.Allocation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TeamTest {
    private static final int SIZE = 8;

    private final ForkJoinPool pool = new ForkJoinPool(3);
    private final AtomicIntegerArray done = new AtomicIntegerArray(SIZE);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void everyShareIsDoneOnceInEveryRun() {
        var team = new Team(pool, SIZE, done::incrementAndGet);
        for (int run = 1; run <= 5000; run++) {
            team.run(SIZE);
            for (int i = 0; i < SIZE; i++) assertThat(done.get(i)).isEqualTo(run);
        }
        team.run(2);
        assertThat(done.get(1)).isEqualTo(5001);
        assertThat(done.get(2)).isEqualTo(5000);
    }

    @Test
    void withoutAPoolOneShareRunsInTheCallingThread() {
        Thread here = Thread.currentThread();
        var team = new Team(null, SIZE, share -> assertThat(Thread.currentThread()).isSameAs(here));
        assertThat(team.size()).isEqualTo(1);
        team.run(1);
    }

    @Test
    void aFailureIsThrownAsItWasAfterTheOthersHaveEnded() {
        var team = new Team(pool, SIZE, share -> {
            if (share == 0 || share == 5) throw new IllegalStateException("share " + share);
            done.incrementAndGet(share);
        });
        for (int run = 1; run <= 3; run++) {
            assertThatThrownBy(() -> team.run(SIZE)).isInstanceOf(IllegalStateException.class).hasMessage("share 0");
            assertThat(done.get(7)).isEqualTo(run);
        }
        var error = new Team(pool, 2, share -> {
            if (share == 1) throw new AssertionError("mine");
        });
        assertThatThrownBy(() -> error.run(2)).isInstanceOf(AssertionError.class).hasMessage("mine");
    }

    @Test
    void aCallerFromThePoolsOnlyThreadDoesTheWorkItself() throws Exception {
        var single = new ForkJoinPool(1);
        try {
            var team = new Team(single, SIZE, done::incrementAndGet);
            single.submit(() -> team.run(SIZE)).get(30, TimeUnit.SECONDS);
            assertThat(done.get(SIZE - 1)).isEqualTo(1);
        } finally {
            single.shutdownNow();
        }
    }

    @Test
    void anInterruptIsKeptAndDisturbsNothing() {
        var team = new Team(pool, SIZE, done::incrementAndGet);
        Thread.currentThread().interrupt();
        for (int run = 0; run < 100; run++) team.run(SIZE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done.get(SIZE - 1)).isEqualTo(100);
    }

    @Test
    @Timeout(20)
    void aPoolThatIsStoppedIsNoDeadlock() throws Exception {
        var begun = new CountDownLatch(1);
        var busy = new ForkJoinPool(1);
        busy.execute(() -> {
            begun.countDown();
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        var second = new AtomicBoolean();
        var team = new Team(busy, 2, share -> {
            if (share == 0) busy.shutdownNow();
            else second.set(true);
        });
        // Whether the pool drops the second share before the caller takes it back is a race, which JDKs decide differently.
        Throwable ending = catchThrowable(() -> team.run(2));
        if (second.get()) assertThat(ending).isNull();
        else assertThat(ending).isInstanceOf(CancellationException.class);
    }

    @Test
    void aRunAllocatesNothing() {
        var team = new Team(pool, 4, share -> {});
        assertThat(Allocation.onceWarm(() -> team.run(4))).isZero();
    }
}
