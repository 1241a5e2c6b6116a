package io.ponder.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final BudgetMeter meter = new BudgetMeter(now::get);

    @Test
    void theFirstLimitThatIsReachedIsNamed() {
        meter.start(Budget.iterations(2).withModelSteps(100).withWallClock(Duration.ofNanos(50)));
        assertThat(meter.exhausted()).isNull();

        meter.chargeModelSteps(99);
        meter.chargeIteration();
        now.addAndGet(49);
        assertThat(meter.exhausted()).isNull();
        assertThat(meter.modelStepsLeft()).isEqualTo(1);
        assertThat(meter.nanosLeft()).isEqualTo(1);

        now.addAndGet(1);
        assertThat(meter.exhausted()).isEqualTo(StopReason.WALL_CLOCK);
        meter.chargeModelSteps(1);
        assertThat(meter.exhausted()).isEqualTo(StopReason.MODEL_STEPS);
        meter.chargeIteration();
        assertThat(meter.exhausted()).isEqualTo(StopReason.ITERATIONS);
    }

    @Test
    void aNewCallStartsFromNothing() {
        meter.start(Budget.iterations(1));
        meter.chargeIteration();
        meter.chargeModelSteps(7);

        meter.start(Budget.iterations(1));

        assertThat(meter.exhausted()).isNull();
        assertThat(meter.modelSteps()).isZero();
    }

    @Test
    void aCancellationEndsTheCallAndIsForgottenAfterIt() {
        meter.start(Budget.UNLIMITED);
        meter.cancel();
        assertThat(meter.exhausted()).isEqualTo(StopReason.CANCELLED);

        meter.finish();
        meter.start(Budget.UNLIMITED);

        assertThat(meter.exhausted()).isNull();
    }

    @Test
    void anUnlimitedBudgetNeverRunsOut() {
        meter.start(Budget.UNLIMITED);
        meter.chargeModelSteps(Long.MAX_VALUE / 2);
        now.set(Long.MAX_VALUE / 2);

        assertThat(meter.exhausted()).isNull();
        assertThat(meter.nanosLeft()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEmptyBudgetIsRefusedWithAdvice() {
        assertThatThrownBy(() -> Budget.modelSteps(0)).hasMessageContainingAll("modelSteps is 0", "\nMaybe");
        assertThatThrownBy(() -> Budget.wallClock(Duration.ofMillis(-1))).hasMessageContaining("-1000000");
    }

    @Test
    void aBudgetSaysWhatItLimits() {
        assertThat(Budget.modelSteps(200_000).withWallClock(Duration.ofMillis(5))).hasToString("200000 model steps, 5.0 ms");
        assertThat(Budget.UNLIMITED).hasToString("unlimited");
    }
}
