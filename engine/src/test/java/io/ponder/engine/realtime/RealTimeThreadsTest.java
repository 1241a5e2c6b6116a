package io.ponder.engine.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Problem;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The loop with a planner's thread of its own, on the machine's clock. */
final class RealTimeThreadsTest {
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final float[] X = {1};

    private final LambdaModel model = LambdaModel.of(1, 1, (x, u, next) -> {
        next[0] = x[0] + u[0];
        return 0;
    });
    private final Problem problem = Problem.of(model, new float[] {-1e9f}, new float[] {1e9f});
    private final ScriptedPlanner planner = new ScriptedPlanner(1000, Clock.SYSTEM);
    private final RealTimeParameters parameters =
            RealTimeParameters.everyStep(Duration.ofMillis(1)).withTooLate(Duration.ofMillis(50));
    private final float[] action = new float[1];

    private static void nap(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Test
    void plansComeWhileTheSystemIsControlled() {
        planner.remembers = false;
        var loop = new RealTimeLoop(problem, planner, Budget.UNLIMITED, parameters, 1);
        loop.start();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (loop.counts().planTicks() < 50 && System.nanoTime() < deadline) {
            loop.observe(X);
            loop.act(action);
            assertThat(action[0]).isFinite();
            nap(1_000_000);
        }
        loop.close();

        var counts = loop.counts();
        assertThat(counts.planTicks()).isGreaterThanOrEqualTo(50);
        assertThat(counts.plans()).isPositive().isLessThanOrEqualTo(counts.estimates() - counts.supersededEstimates());
        assertThat(counts.ticks()).isEqualTo(counts.planTicks() + counts.oldPlanTicks() + counts.watchdogTicks());
        assertThat(counts.failedPlans()).isZero();
    }

    @Test
    void aStalledPlanIsCancelledFromAnotherThreadAndTheWatchdogActsMeanwhile() {
        planner.hook = () -> {
            while (!planner.cancelled) Thread.onSpinWait();
        };
        var loop = new RealTimeLoop(problem, planner, Budget.UNLIMITED, parameters, 1);
        loop.start();
        loop.observe(X);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (planner.calls == 0 && System.nanoTime() < deadline) nap(100_000);
        assertThat(loop.act(action)).isEqualTo(ActionOrigin.WATCHDOG);
        while (loop.counts().cancelledPlans() == 0 && System.nanoTime() < deadline) {
            loop.cancelPlan();
            nap(100_000);
        }

        assertThat(loop.counts().cancelledPlans()).isEqualTo(1);
        loop.observe(X); // Closing cancels the plan of this one, which stalls as well.
        loop.close();
    }

    @Test
    void aLoopIsStartedOnceAndStepsByHandOnlyWithoutAThread() {
        var loop = new RealTimeLoop(problem, planner, Budget.UNLIMITED, parameters, 1);
        loop.start();
        assertThatThrownBy(loop::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(loop::planOnce).isInstanceOf(IllegalStateException.class).hasMessageContaining("thread of its own");
        loop.close();
        loop.close();
        assertThatThrownBy(loop::start).isInstanceOf(IllegalStateException.class);
    }

    /** A slot is never read while it is written: all its entries belong to one round, and rounds never go back. */
    @Test
    void handedOverValuesAreWholeAndNeverOlder() throws InterruptedException {
        int rounds = 200_000;
        var latest = new Latest<>(() -> new long[8]);
        var writer = new Thread(() -> {
            for (long round = 1; round <= rounds; round++) {
                long[] slot = latest.back();
                for (int i = 0; i < slot.length; i++) slot[i] = round;
                latest.publish();
            }
        });
        writer.start();
        long last = 0;
        long taken = 0;
        while (last < rounds) {
            if (!latest.take()) {
                Thread.onSpinWait();
                continue;
            }
            taken++;
            long[] slot = latest.front();
            long round = slot[0];
            for (long entry : slot) if (entry != round) throw new AssertionError("torn: " + entry + " and " + round);
            if (round <= last) throw new AssertionError("older: " + round + " after " + last);
            last = round;
        }
        writer.join();
        assertThat(taken).isPositive();
    }
}
