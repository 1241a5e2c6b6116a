package io.ponder.engine.realtime;

import static io.ponder.engine.realtime.ActionOrigin.OLD_PLAN;
import static io.ponder.engine.realtime.ActionOrigin.PLAN;
import static io.ponder.engine.realtime.ActionOrigin.WATCHDOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Problem;
import io.ponder.testing.Allocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop step by step, with a clock that only moves where a test moves it. A step is 10 ms. */
final class RealTimeLoopTest {
    private static final long MILLI = 1_000_000;
    private static final float WATCHDOG_ACTION = -7;
    private static final float[] X = {1};
    private static final float ROUNDING = 1e-5f;

    /** x' = 0.9 x + u. */
    private final LambdaModel model = LambdaModel.of(1, 1, (x, u, next) -> {
        next[0] = 0.9f * x[0] + u[0];
        return 0;
    });
    private final Problem problem = Problem.of(model, new float[] {-1000}, new float[] {1000});
    private final RealTimeParameters everyStep = RealTimeParameters.everyStep(Duration.ofMillis(10));
    private final float[] action = new float[1];
    private long now = Long.MAX_VALUE - 55 * MILLI; // The clock runs over in the middle of a test.
    private ScriptedPlanner planner = new ScriptedPlanner(20, () -> now);

    private RealTimeLoop loop(RealTimeParameters parameters) {
        return new RealTimeLoop(problem, planner, Budget.UNLIMITED, parameters, 3, new float[] {WATCHDOG_ACTION}, () -> now);
    }

    private ActionOrigin tick(RealTimeLoop loop) {
        ActionOrigin origin = loop.act(action);
        now += 10 * MILLI;
        return origin;
    }

    @Test
    void planIsPlayedByTheClock() {
        var loop = loop(everyStep);
        loop.observe(X);
        assertThat(tick(loop)).isEqualTo(WATCHDOG);
        assertThat(action).containsExactly(WATCHDOG_ACTION);
        now -= 10 * MILLI;
        assertThat(loop.planOnce()).isTrue();
        assertThat(loop.planOnce()).isFalse();
        now += 10 * MILLI;

        // Set aside were 8 ms, so that the first action is that of the next tick.
        for (int t = 0; t < 4; t++) {
            assertThat(tick(loop)).isEqualTo(PLAN);
            assertThat(action).containsExactly(ScriptedPlanner.action(1, t));
        }
        now += 10 * MILLI; // The control thread misses a tick: the action is skipped.
        loop.act(action);
        assertThat(action).containsExactly(WATCHDOG_ACTION); // 60 ms after the estimate.
        assertThat(loop.counts()).extracting("ticks", "planTicks", "oldPlanTicks", "watchdogTicks", "plans", "latePlans", "estimates")
                .containsExactly(6L, 4L, 0L, 2L, 1L, 0L, 1L);
    }

    @Test
    void planStartsWhereTheSystemWillBe() {
        // Estimates are 25 ms old, commands take 35 ms to act, planning takes 15 ms; the control loop ticks every 5 ms.
        var loop = loop(everyStep.withEstimateLatency(Duration.ofMillis(25)).withActuationDelay(Duration.ofMillis(35))
                .withPlanningTime(Duration.ofMillis(15)).withControlPeriod(Duration.ofMillis(5)).withTooLate(Duration.ofSeconds(9)));
        // What the system does is on the grid of 10 ms on which the estimates are measured.
        long origin = now - 25 * MILLI;
        List<Float> states = new ArrayList<>(List.of(1f));
        List<Float> commanded = new ArrayList<>();
        List<Long> dues = new ArrayList<>();
        for (int tick = 0; tick < 120; tick++) {
            // The state at origin + 10 ms * i + 10 ms takes the command in force 35 ms before origin + 10 ms * i + 5 ms.
            long delivered = (now - 25 * MILLI - origin) / (10 * MILLI);
            while (states.size() <= delivered) {
                long middle = (states.size() - 1) * 10 - 25 + 5 - 35;
                int index = (int) Math.floorDiv(middle, 5);
                float u = index < 0 ? WATCHDOG_ACTION : commanded.get(index);
                states.add(0.9f * states.get(states.size() - 1) + u);
            }
            if (tick % 6 == 0) {
                loop.observe(new float[] {states.get((int) delivered)});
                loop.act(action);
                commanded.add(action[0]);
                loop.planOnce();
                // Effect of the first planned action: 25 + 35 + 15 ms after the measurement, rounded up to steps.
                dues.add(delivered + 8);
            } else {
                loop.act(action);
                commanded.add(action[0]);
            }
            now += 5 * MILLI;
        }

        assertThat(planner.roots).hasSize(20);
        for (int i = 0; i < 15; i++) {
            assertThat(planner.roots.get(i)).as("root " + i).isCloseTo(states.get((int) (long) dues.get(i)), within(1e-4f));
        }
        assertThat(planner.elapsed).startsWith(0, 3, 3, 3);
        assertThat(loop.counts().oldPlanTicks()).isZero();
    }

    @Test
    void latePlanIsWaitedForWithTheOldOneAndEntersShifted() {
        var loop = loop(everyStep.withTooLate(Duration.ofMillis(500)));
        loop.observe(X);
        loop.planOnce();
        now += 10 * MILLI;
        loop.observe(X);
        List<ActionOrigin> origins = new ArrayList<>();
        List<Float> actions = new ArrayList<>();
        Runnable stall = () -> {
            for (int i = 0; i < 4; i++) {
                origins.add(tick(loop));
                actions.add(action[0]);
            }
        };
        planner.hook = stall;
        loop.planOnce();
        planner.hook = () -> {};

        // The plan was due with the second of the four ticks.
        assertThat(origins).containsExactly(PLAN, OLD_PLAN, OLD_PLAN, OLD_PLAN);
        assertThat(actions).containsExactly(
                ScriptedPlanner.action(1, 0), ScriptedPlanner.action(1, 1), ScriptedPlanner.action(1, 2), ScriptedPlanner.action(1, 3));
        // Three of its actions have passed.
        assertThat(tick(loop)).isEqualTo(PLAN);
        assertThat(action).containsExactly(ScriptedPlanner.action(2, 3));
        assertThat(loop.counts().latePlans()).isEqualTo(1);
        assertThat(loop.counts().longestDelayNanos()).isEqualTo(30 * MILLI + 2 * MILLI - 2 * MILLI);

        // The next forecast knows what was played until the late plan came: here an estimate from before that.
        loop.observe(X, now - 40 * MILLI);
        loop.planOnce();
        float x = X[0];
        for (float u : new float[] {ScriptedPlanner.action(1, 1), ScriptedPlanner.action(1, 2), ScriptedPlanner.action(1, 3),
            ScriptedPlanner.action(2, 3), ScriptedPlanner.action(2, 4)}) {
            x = 0.9f * x + u;
        }
        assertThat(planner.roots.get(2)).isCloseTo(x, within(ROUNDING));
    }

    @Test
    void watchdogActsWhereThePlanIsUsedUpOrTooOld() {
        planner = new ScriptedPlanner(3, () -> now);
        var patient = loop(everyStep.withTooLate(Duration.ofSeconds(9)));
        patient.observe(X);
        patient.planOnce();
        now += 10 * MILLI;
        List<ActionOrigin> origins = new ArrayList<>();
        for (int i = 0; i < 4; i++) origins.add(tick(patient));
        assertThat(origins).containsExactly(PLAN, PLAN, PLAN, WATCHDOG);
        assertThat(action).containsExactly(WATCHDOG_ACTION);

        patient.observe(X);
        patient.planOnce();
        now += 10 * MILLI;
        assertThat(tick(patient)).isEqualTo(PLAN);
    }

    @Test
    void plannerThatThrowsIsCountedAndSurvived() {
        var loop = loop(everyStep);
        var broken = new IllegalStateException("no model today");
        planner.hook = () -> {
            throw broken;
        };
        loop.observe(X);
        assertThat(loop.planOnce()).isTrue();
        assertThat(loop.lastFailure()).isSameAs(broken);
        assertThat(planner.resets).isEqualTo(1);
        assertThat(tick(loop)).isEqualTo(WATCHDOG);

        planner.hook = () -> {
            throw new StackOverflowError();
        };
        loop.observe(X);
        loop.planOnce();
        planner.hook = () -> {};
        loop.observe(X);
        loop.planOnce();
        now += 10 * MILLI;

        assertThat(tick(loop)).isEqualTo(PLAN);
        assertThat(loop.counts()).extracting("failedPlans", "plans").containsExactly(2L, 1L);
    }

    @Test
    void planOutsideTheBoundsIsAFailure() {
        var narrow = Problem.of(model, new float[] {-8}, new float[] {0.5f});
        var loop = new RealTimeLoop(narrow, planner, Budget.UNLIMITED, everyStep, 3, new float[] {WATCHDOG_ACTION}, () -> now);
        loop.observe(X);
        loop.planOnce();

        assertThat(loop.counts().failedPlans()).isEqualTo(1);
        assertThat(loop.lastFailure()).hasMessageContaining("no action within the bounds");
        assertThat(tick(loop)).isEqualTo(WATCHDOG);
    }

    @Test
    void estimateThatIsNoNumberIsIgnoredAndCounted() {
        var loop = loop(everyStep);
        loop.observe(new float[] {Float.NaN});
        assertThat(loop.planOnce()).isFalse();
        loop.observe(X);
        loop.observe(X);
        loop.observe(X, now - 20_000 * MILLI);
        assertThat(loop.planOnce()).isTrue();

        assertThat(planner.calls).isZero();
        assertThat(loop.counts()).extracting("refusedEstimates", "estimates", "supersededEstimates", "staleEstimates")
                .containsExactly(1L, 3L, 2L, 1L);
    }

    @Test
    void aTickAllocatesNothing() {
        var loop = loop(everyStep);
        planner.remembers = false;
        assertThat(Allocation.onceWarm(() -> {
            loop.observe(X);
            loop.act(action);
            loop.planOnce();
            loop.act(action);
            now += 10 * MILLI;
        })).isZero();
        assertThat(loop.counts().planTicks()).isPositive();
    }

    @Test
    void parametersThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> everyStep.withPlanningTime(Duration.ofMillis(50)))
                .hasMessageContaining("tooLate is 50.0 ms").hasMessageContaining("\nMaybe ");
        assertThatThrownBy(() -> everyStep.withControlPeriod(Duration.ZERO)).hasMessageContaining("controlPeriod is 0.0 ms");
        assertThatThrownBy(() -> everyStep.withActuationDelay(Duration.ofMillis(-1))).hasMessageContaining("actuationDelay is -1.0 ms");
        assertThatThrownBy(() -> new RealTimeLoop(problem, planner, Budget.wallClock(Duration.ofMillis(9)), everyStep, 1))
                .hasMessageContaining("planningTime is 8.0 ms").hasMessageContaining("\nMaybe ");
        assertThatThrownBy(() -> new RealTimeLoop(problem, planner, Budget.UNLIMITED, everyStep, 1, new float[] {Float.NaN}, () -> now))
                .hasMessageContaining("watchdogAction[0] is NaN");
    }

    @Test
    void cancelWhileAPlanIsListenedToIsNotLeftToTheNext() {
        var loop = loop(everyStep);
        loop.onPlan((asked, plan) -> loop.cancelPlan());
        for (int call = 0; call < 2; call++) {
            loop.observe(X);
            assertThat(loop.planOnce()).isTrue();
        }
        assertThat(planner.cancelled).isFalse();
        assertThat(loop.counts().cancelledPlans()).isZero();

        planner.hook = loop::cancelPlan;
        loop.observe(X);
        loop.planOnce();
        assertThat(loop.counts().cancelledPlans()).isEqualTo(1);
    }
}
