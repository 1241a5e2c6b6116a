package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.hybrid.TubePlanner;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import io.ponder.planners.trajectory.LinearQuadraticRegulator;
import io.ponder.testing.Allocation;
import org.junit.jupiter.api.Test;

class TubePlannerTest {
    private static final int HORIZON = 20;
    private static final float BOUND = 10;
    private static final MppiParameters MPPI =
            MppiParameters.DEFAULT.withHorizon(HORIZON).withIterations(2).withCandidates(64).withNoise(ActionNoise.ofHalfRange(0.1));
    /** What pushes the mass away from the goal, added to its speed at every step. */
    private static final double PUSH = 0.05;

    private final TestModels.Hooked model = new TestModels.Hooked(0);
    private final Problem problem = problem(model);

    private static Problem problem(WorldModel model) {
        return Problem.of(model, new float[] {-BOUND}, new float[] {BOUND}).withTerminalValue(new TestModels.IntegratorTerminal());
    }

    private TubePlanner tube(int rows) {
        var parameters = IterativeLqrParameters.DEFAULT.withHorizon(HORIZON);
        return new TubePlanner(problem, Mppi.planner(problem, MPPI, Execution.rows(rows)), parameters, rows, Clock.SYSTEM);
    }

    private PlanRequest request(double position, double speed, int decision) {
        return new PlanRequest(model, 1).observe(model, new float[] {(float) position, (float) speed}).keys(5, decision);
    }

    /** Position and speed of a mass. */
    private record Mass(double position, double speed) {
        Mass pushed(double action, double push) {
            return new Mass(position + 0.1 * speed + 0.005 * action, speed + 0.1 * action + push);
        }
    }

    /** The deviation from the nominal state is e' = (A - BK) e + w, with the gain of the Riccati recursion, and stays within its sum. */
    @Test
    void deviationIsThatOfTheClosedLoopAndStaysWithinItsBound() {
        var gains = LinearQuadraticRegulator.finite(LinearQuadratic.doubleIntegrator(BOUND), HORIZON);
        var free = new Mass(1, 0);
        var held = free;
        var deviation = new Mass(0, 0);
        var response = new Mass(0, PUSH);
        double bound = 0;
        double apart = 0;
        try (var planner = tube(1)) {
            for (int t = 0; t < 12; t++) {
                Plan plan = planner.plan(request(held.position, held.speed, t), Budget.UNLIMITED);
                float[] nominal = planner.nominalStates().values();

                assertThat(held.position - nominal[0]).isCloseTo(deviation.position, within(1e-4));
                assertThat(held.speed - nominal[1]).isCloseTo(deviation.speed, within(1e-4));
                double feedback = -gains.gain(0, 0) * deviation.position - gains.gain(0, 1) * deviation.speed;
                assertThat(plan.action(0, 0)).isCloseTo((float) (plan.sequence()[0] + feedback), within(2e-3f));
                assertThat(Math.abs(held.position - nominal[0])).isLessThanOrEqualTo(bound + 1e-4);
                apart = Math.abs(free.position - nominal[0]);

                free = free.pushed(plan.sequence()[0], PUSH);
                held = held.pushed(plan.action(0, 0), PUSH);
                deviation = deviation.pushed(feedback, PUSH);
                bound += Math.abs(response.position);
                response = response.pushed(-gains.gain(0, 0) * response.position - gains.gain(0, 1) * response.speed, 0);
            }
        }
        assertThat(apart).isGreaterThan(4 * bound);
    }

    @Test
    void withoutDisturbanceItIsThePlannerInside() {
        try (var tube = tube(1); var inside = Mppi.planner(problem, MPPI, Execution.rows(1))) {
            var state = new float[] {1, 0};
            for (int t = 0; t < 4; t++) {
                float action = tube.plan(request(state[0], state[1], t), Budget.UNLIMITED).action(0, 0);

                assertThat(action).isEqualTo(inside.plan(request(state[0], state[1], t), Budget.UNLIMITED).action(0, 0));
                state[0] = state[0] + 0.1f * state[1] + 0.5f * 0.1f * 0.1f * action;
                state[1] = state[1] + 0.1f * action;
            }
            assertThat(tube.name()).isEqualTo("tube-mppi");
        }
    }

    @Test
    void realStateThatPromisesAsMuchBecomesNominal() {
        try (var planner = tube(1)) {
            planner.plan(request(1, 0, 0), Budget.UNLIMITED);
            planner.plan(request(1.5, 0, 1), Budget.UNLIMITED);
            assertThat(planner.nominalStates().values()[0]).isLessThan(1);

            planner.plan(request(0.5, -0.5, 2), Budget.UNLIMITED);
            assertThat(planner.nominalStates().values()).containsExactly(0.5f, -0.5f);

            planner.reset(0);
            planner.plan(request(2, 0, 3), Budget.UNLIMITED);
            assertThat(planner.nominalStates().values()).containsExactly(2, 0);
        }
    }

    @Test
    void feedbackIsClippedToTheBounds() {
        try (var planner = tube(1)) {
            planner.plan(request(1, 0, 0), Budget.UNLIMITED);
            Plan plan = planner.plan(request(500, 0, 1), Budget.UNLIMITED);

            assertThat(plan.action(0, 0)).isEqualTo(-BOUND);
            assertThat(plan.sequence()[0]).isGreaterThan(-BOUND);
        }
    }

    @Test
    void budgetIsKeptAndCounted() {
        long[] steps = new long[1];
        model.hook = columns -> steps[0] += columns;
        try (var planner = tube(1)) {
            for (long limit : new long[] {1500, 4000, 20_000}) {
                planner.plan(request(1, 0, 0), Budget.modelSteps(limit));
                steps[0] = 0;
                var diagnostics = planner.plan(request(1.5, 0, 1), Budget.modelSteps(limit)).diagnostics();

                // The hook counts a backward step as two, beside the forward one before it; an expansion has none, and is charged as three.
                assertThat(diagnostics.modelSteps()).isEqualTo(steps[0] + 9L * HORIZON).isLessThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void planAllocatesNothingOnceWarm() {
        try (var planner = tube(2)) {
            var request = new PlanRequest(model, 2).observe(model, new float[] {2, 1.5f, 0, 0});
            Runnable work = () -> planner.plan(request, Budget.UNLIMITED);

            assertThat(Allocation.onceWarm(work)).isZero();
        }
    }
}
