package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.plan.Problem;
import io.ponder.planners.hybrid.RefinedPlanner;
import io.ponder.planners.trajectory.IterativeLqr;
import io.ponder.planners.trajectory.IterativeLqrParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every planner of continuous actions, whatever its method; each law on many seeds and starts. */
class PlannerLawsTest {
    private static final int HORIZON = 12;
    private static final int SEEDS = 12;

    /**
     * A nonlinear oscillator, symmetric about 0, whose action is in units of {@code scale} and whose reward is shifted by {@code shift} a step.
     */
    private static final class Oscillator implements WorldModel, Differentiable {
        private final float scale;
        private final float shift;

        Oscillator(float scale, float shift) {
            this.scale = scale;
            this.shift = shift;
        }

        @Override
        public ModelSpec spec() {
            return ModelSpec.continuous(2, 1);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, 2 * columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int n = state.columns();
            float[] x = state.values();
            float[] next = out.next().resize(n).values();
            Arrays.fill(out.discount(), 0, n, 1);
            for (int k = 0; k < n; k++) {
                float u = actions[k] / scale;
                next[n + k] = x[n + k] + 0.2f * (u - x[k] * x[k] * x[k]);
                next[k] = x[k] + 0.2f * next[n + k];
                out.reward()[k] = shift - (next[k] * next[k] + 0.1f * next[n + k] * next[n + k] + 0.05f * u * u);
            }
        }

        @Override
        public void backward(ModelState state, float[] actions, ColumnKeys keys, float[] nextCotangent, float[] rewardCotangent,
                float[] stateCotangent, float[] actionCotangent) {
            int n = state.columns();
            float[] x = state.values();
            for (int k = 0; k < n; k++) {
                float u = actions[k] / scale;
                float speed = x[n + k] + 0.2f * (u - x[k] * x[k] * x[k]);
                float position = x[k] + 0.2f * speed;
                float r = rewardCotangent[k];
                float toPosition = nextCotangent[k] - 2 * r * position;
                float toSpeed = nextCotangent[n + k] - 0.2f * r * speed + 0.2f * toPosition;
                stateCotangent[k] = toPosition - 0.2f * 3 * x[k] * x[k] * toSpeed;
                stateCotangent[n + k] = toSpeed;
                actionCotangent[k] = (0.2f * toSpeed - 0.1f * r * u) / scale;
            }
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    private static Problem problem(float scale, float shift) {
        return Problem.of(new Oscillator(scale, shift), new float[] {-2 * scale}, new float[] {2 * scale});
    }

    private static Map<String, Planner> planners(Problem problem, int candidates) {
        Execution one = Execution.rows(1);
        Map<String, Planner> all = new LinkedHashMap<>();
        int elites = Math.max(2, candidates / 10);
        CemParameters cem = CemParameters.DEFAULT.withHorizon(HORIZON).withCandidates(candidates, elites);
        all.put("random-shooting", RandomShooting.planner(problem, new RandomShootingParameters(HORIZON, candidates, 1), one));
        all.put("cem", Cem.planner(problem, cem, one));
        all.put("icem", ICem.planner(problem, ICemParameters.DEFAULT.withHorizon(HORIZON).withCandidates(candidates, elites), one));
        all.put("mppi", Mppi.planner(problem, MppiParameters.DEFAULT.withHorizon(HORIZON).withIterations(4).withCandidates(candidates)
                .withEffectiveShare(0.1).withNoise(ActionNoise.ofHalfRange(0.5)), one));
        GradientParameters gradient = GradientParameters.DEFAULT.withHorizon(HORIZON).withStarts(Math.max(1, candidates / 20));
        all.put("gradient", GradientShooting.planner(problem, gradient, one));
        all.put("lbfgs", GradientShooting.planner(problem, gradient.withMethod(GradientMethod.LBFGS), one));
        all.put("grad-cem", InterleavedGradient.gradCem(problem, cem.withCandidates(Math.max(4, candidates / 4), Math.max(2, elites / 4)), 2, 0.1, one));
        all.put("ilqr", new IterativeLqr(problem, IterativeLqrParameters.DEFAULT.withHorizon(HORIZON), one));
        all.put("cem-ilqr", RefinedPlanner.polished(problem, Cem.planner(problem, cem, one), IterativeLqrParameters.DEFAULT.withHorizon(HORIZON), one));
        return all;
    }

    private static float[] plan(Planner planner, Problem problem, double position, double speed, int seed) {
        planner.resetAll();
        var request = new PlanRequest(problem.model(), 1).observe(problem.model(), new float[] {(float) position, (float) speed});
        return planner.plan(request.keys(seed, 0), Budget.UNLIMITED).sequence().clone();
    }

    private static double value(float[] plan, double position, double speed) {
        double sum = 0;
        for (float u : plan) {
            speed += 0.2 * (u - position * position * position);
            position += 0.2 * speed;
            sum -= position * position + 0.1 * speed * speed + 0.05 * u * u;
        }
        return sum;
    }

    @Test
    void rewardThatIsShiftedGivesThePlanThatItGaveBefore() {
        Problem plain = problem(1, 0);
        // A shift that single precision can add without moving many digits of the rewards.
        Problem shifted = problem(1, 2);
        Map<String, Planner> before = planners(plain, 60);
        Map<String, Planner> after = planners(shifted, 60);
        before.forEach((name, planner) -> {
            double worst = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                double x = 1.5 - 0.25 * seed;
                worst = Math.max(worst, Math.abs(value(plan(planner, plain, x, 0.3, seed), x, 0.3)
                        - value(plan(after.get(name), shifted, x, 0.3, seed), x, 0.3)));
            }
            // Rounding may swap two candidates that are as good.
            assertThat(worst).as(name).isLessThan(0.02);
        });
    }

    @Test
    void actionsInOtherUnitsGiveThePlanInThoseUnits() {
        float scale = 8;
        Problem plain = problem(1, 0);
        Problem scaled = problem(scale, 0);
        Map<String, Planner> before = planners(plain, 60);
        Map<String, Planner> after = planners(scaled, 60);
        before.forEach((name, planner) -> {
            for (int seed = 0; seed < SEEDS; seed++) {
                float[] expected = plan(planner, plain, 1.2, -0.4, seed);
                float[] found = plan(after.get(name), scaled, 1.2, -0.4, seed);
                // Widths of differences depend on the size of the action.
                float tolerance = name.contains("ilqr") ? 2e-3f : 1e-4f;
                for (int t = 0; t < HORIZON; t++) assertThat(found[t] / scale).as(name).isCloseTo(expected[t], within(tolerance));
            }
        });
    }

    @Test
    void symmetricProblemHasSymmetricPlans() {
        Problem problem = problem(1, 0);
        planners(problem, 60).forEach((name, planner) -> {
            double sum = 0;
            double squares = 0;
            int count = 24;
            for (int seed = 0; seed < count; seed++) {
                double both = plan(planner, problem, 1, 0.5, seed)[0] + plan(planner, problem, -1, -0.5, 100 + seed)[0];
                sum += both / count;
                squares += both * both / count;
            }
            double standardError = Math.sqrt(Math.max(0, squares - sum * sum) / (count - 1));
            assertThat(Math.abs(sum)).as(name).isLessThan(4 * standardError + 1e-3);
        });
    }

    @Test
    void moreSamplesAreNotWorseOnAverage() {
        Problem problem = problem(1, 0);
        Map<String, Planner> few = planners(problem, 40);
        Map<String, Planner> many = planners(problem, 400);
        few.forEach((name, planner) -> {
            double better = 0;
            double squares = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                double x = 1.5 * Math.cos(seed);
                double difference = value(plan(many.get(name), problem, x, 0.5, seed), x, 0.5) - value(plan(planner, problem, x, 0.5, seed), x, 0.5);
                better += difference / SEEDS;
                squares += difference * difference / SEEDS;
            }
            double standardError = Math.sqrt(Math.max(0, squares - better * better) / (SEEDS - 1));
            assertThat(better).as(name).isGreaterThan(-2 * standardError - 1e-4);
        });
    }
}
