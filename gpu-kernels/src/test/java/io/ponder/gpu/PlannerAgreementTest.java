package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.ActionNoise;
import io.ponder.planners.Cem;
import io.ponder.planners.CemParameters;
import io.ponder.planners.ControlCost;
import io.ponder.planners.Execution;
import io.ponder.planners.ICem;
import io.ponder.planners.ICemParameters;
import io.ponder.planners.Mppi;
import io.ponder.planners.MppiParameters;
import io.ponder.planners.Population;
import io.ponder.planners.RandomShooting;
import io.ponder.planners.RandomShootingParameters;
import io.ponder.planners.SamplingPlanner;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same seed on the CPU and on the device: the same best candidate and the same weights. */
@NeedsOpenCl
class PlannerAgreementTest {
    private static final String[] ENVIRONMENTS = {
        "pendulum-v1", "cartpole-swingup", "cartpole-continuous", "mountaincarcontinuous-v0", "double-integrator"
    };

    private static final double WEIGHT_TOLERANCE = 1e-5;
    /** Of the range of an action: an average of rounded normals with rounded weights, whose temperature is solved from rounded costs. */
    private static final double ACTION_TOLERANCE = 5e-5;

    private static final int CANDIDATES = 300;
    private static final int HORIZON = 15;

    @TestFactory
    Stream<DynamicTest> mppiWithASolvedTemperature() {
        return everywhere(MppiParameters.DEFAULT.withIterations(1).withEffectiveShare(0.05));
    }

    @TestFactory
    Stream<DynamicTest> mppiWithAFixedTemperatureAndAControlCost() {
        return everywhere(MppiParameters.DEFAULT.withIterations(1).withTemperature(5).withControlCost(ControlCost.INFORMATION_THEORETIC));
    }

    private static Stream<DynamicTest> everywhere(MppiParameters parameters) {
        var sized = parameters.withHorizon(HORIZON).withCandidates(CANDIDATES).withNoise(ActionNoise.ofHalfRange(0.7));
        return Stream.of(ENVIRONMENTS).map(name -> DynamicTest.dynamicTest(name, () -> {
            var cpu = new Mppi(sized, problem(name, false), 2);
            var device = new Mppi(sized, problem(name, false), 2);
            compare(name, false, execution -> new SamplingPlanner(
                    problem(name, false), execution.backend() == Backend.CPU ? cpu : device, execution), 2);
            assertThat(device.weights()).hasSameSizeAs(cpu.weights());
            for (int k = 0; k < cpu.weights().length; k++) {
                assertThat((double) device.weights()[k]).as("weight %d", k)
                        .isCloseTo(cpu.weights()[k], org.assertj.core.data.Offset.offset(WEIGHT_TOLERANCE));
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> cemOnExactAndLearnedModels() {
        var parameters = CemParameters.DEFAULT.withHorizon(HORIZON).withIterations(3).withCandidates(CANDIDATES, 30);
        return Stream.of(ENVIRONMENTS).flatMap(name -> Stream.of(false, true).map(learned -> DynamicTest.dynamicTest(
                name + (learned ? ", learned" : ""), () -> {
                    Plan plan = compare(name, learned, e -> Cem.planner(problem(name, learned), parameters, e), 1);
                    // An iteration is a launch; one more evaluates the answer.
                    assertThat(plan.diagnostics().launches()).isEqualTo(4);
                })));
    }

    @Test
    void mppiIsTwoPassesOfOneLaunchAnIteration() {
        var parameters = MppiParameters.DEFAULT.withHorizon(HORIZON).withIterations(3).withCandidates(CANDIDATES);
        Plan plan = compare("pendulum-v1", false, e -> Mppi.planner(problem("pendulum-v1", false), parameters, e), 1);
        assertThat(plan.diagnostics().launches()).isEqualTo(7);
        // Returns and laws, but no sequences: three iterations of 300 returns and the answer's.
        assertThat(plan.diagnostics().bytesMoved()).isLessThan(4L * 4 * CANDIDATES + 8192);
    }

    @Test
    void mppiOnALearnedModelWithParticlesAveragesTheSequencesOfAllMembers() {
        var parameters = MppiParameters.DEFAULT.withIterations(2).withTemperature(5).withHorizon(HORIZON).withCandidates(65)
                .withNoise(ActionNoise.ofHalfRange(0.7));
        compare("pendulum-v1", true, e -> Mppi.planner(problem("pendulum-v1", true), parameters, e), 2);
    }

    @Test
    void uniformCandidates() {
        var parameters = new RandomShootingParameters(HORIZON, CANDIDATES, 1);
        compare("pendulum-v1", false, e -> RandomShooting.planner(problem("pendulum-v1", false), parameters, e), 3);
    }

    @Test
    void colouredCandidatesAreDrawnOnTheHost() {
        var parameters = ICemParameters.DEFAULT.withHorizon(HORIZON).withCandidates(CANDIDATES, 30);
        compare("pendulum-v1", false, e -> ICem.planner(problem("pendulum-v1", false), parameters, e), 1);
    }

    private static Problem problem(String name, boolean learned) {
        ExactTask task = ExactTasks.find(name);
        WorldModel model = task.model();
        if (learned) {
            model = LearnedChain.of(task.observationSize(), task.actionSize()).ensemble(EnsembleParameters.small().withSize(1, 8))
                    .reward(task.reward()).termination(task.termination()).seed(3).build().model();
        }
        return Problem.of(model, task.actionLow(), task.actionHigh());
    }

    private static Plan compare(String name, boolean learned, Function<Execution, SamplingPlanner> make, int rows) {
        Execution execution = Execution.rows(rows).withParticles(learned ? 3 : 1);
        Problem problem = problem(name, learned);
        try (var cpu = make.apply(execution); var device = make.apply(execution.on(Backend.OPENCL))) {
            var request = new PlanRequest(problem.model(), rows);
            float[] observations = new float[problem.model().spec().observationSize() * rows];
            for (int i = 0; i < observations.length; i++) observations[i] = 0.3f - 0.05f * i;
            Plan last = null;
            for (int decision = 0; decision < 2; decision++) {
                request.observe(problem.model(), observations).keys(11, decision);
                Plan expected = cpu.plan(request, Budget.UNLIMITED).copy();
                Plan found = device.plan(request, Budget.UNLIMITED).copy();
                assertThat(found.diagnostics().executedOn()).startsWith("opencl: ");
                double range = problem.actionHigh(0) - problem.actionLow(0);
                for (int i = 0; i < found.sequence().length; i++) {
                    assertThat((double) found.sequence()[i]).as("decision %d, entry %d", decision, i)
                            .isCloseTo(expected.sequence()[i], org.assertj.core.data.Offset.offset(ACTION_TOLERANCE * range));
                }
                for (int b = 0; b < rows; b++) assertThat(best(device.population(), b)).isEqualTo(best(cpu.population(), b));
                last = found;
            }
            return java.util.Objects.requireNonNull(last);
        }
    }

    private static int best(Population population, int row) {
        int best = 0;
        for (int k = 1; k < population.size(); k++) {
            if (population.costs()[population.costAt(row) + k] < population.costs()[population.costAt(row) + best]) best = k;
        }
        return best;
    }
}
