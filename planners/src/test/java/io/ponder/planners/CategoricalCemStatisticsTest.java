package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.Problem;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cross-entropy method on small finite problems, whose sequences can all be listed. */
class CategoricalCemStatisticsTest {
    /** Four standard deviations of a frequency among 30 000 elites. */
    private static final double SAMPLING_ERROR = 0.012;

    private static final int CANDIDATES = 100_000;
    private static final double[][] WORTH = {{0, 1, 3}, {0, 0.5, 2.2}};

    /** A machine of some states with a reward for every state and action; under {@code WORTH} the state is the step. */
    private static final class Machine implements WorldModel {
        private final double[][] reward;
        private final int[][] next;

        Machine(double[][] reward, int[][] next) {
            this.reward = reward;
            this.next = next;
        }

        /** The reward of a sequence is a sum over steps. */
        static Machine linear() {
            return new Machine(WORTH, new int[][] {{1, 1, 1}, {1, 1, 1}});
        }

        /** Random rewards; the next state is random as well, or the next one whatever the action. */
        static Machine random(int states, int actions, boolean cycle, long seed) {
            var random = new java.util.SplittableRandom(seed);
            double[][] reward = new double[states][actions];
            int[][] next = new int[states][actions];
            for (int s = 0; s < states; s++) {
                for (int a = 0; a < actions; a++) {
                    reward[s][a] = random.nextDouble();
                    next[s][a] = cycle ? (s + 1) % states : random.nextInt(states);
                }
            }
            return new Machine(reward, next);
        }

        /** Returns the largest return of any sequence from state 0. */
        double best(int horizon) {
            double[] value = new double[reward.length];
            for (int t = 0; t < horizon; t++) {
                double[] before = new double[value.length];
                for (int s = 0; s < value.length; s++) {
                    before[s] = Double.NEGATIVE_INFINITY;
                    for (int a = 0; a < reward[s].length; a++) before[s] = Math.max(before[s], reward[s][a] + value[next[s][a]]);
                }
                value = before;
            }
            return value[0];
        }

        @Override
        public ModelSpec spec() {
            return ModelSpec.discrete(1, reward[0].length);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            int columns = state.columns();
            float[] to = out.next().resize(columns).values();
            for (int k = 0; k < columns; k++) {
                int s = (int) state.values()[k];
                int a = (int) actions[k];
                to[k] = next[s][a];
                out.reward()[k] = (float) reward[s][a];
            }
            Arrays.fill(out.discount(), 0, columns, 1);
        }

        @Override
        public WorldModel fork() {
            return this;
        }
    }

    /** Returns the elites' frequencies {@code [step][action]} in the limit of many candidates: lists all sequences, best first. */
    private static double[][] tail(double[][] probability, double share) {
        double[][] frequency = new double[2][3];
        double left = share;
        boolean[] taken = new boolean[9];
        while (left > 1e-12) {
            int best = -1;
            for (int i = 0; i < 9; i++) if (!taken[i] && (best < 0 || worth(i) > worth(best))) best = i;
            taken[best] = true;
            double mass = Math.min(left, probability[0][best / 3] * probability[1][best % 3]);
            frequency[0][best / 3] += mass / share;
            frequency[1][best % 3] += mass / share;
            left -= mass;
        }
        return frequency;
    }

    private static double worth(int sequence) {
        return WORTH[0][sequence / 3] + WORTH[1][sequence % 3];
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0, 0", "0.3, 0.25, 0", "0.3, 0, 0.2", "0.5, 0.1, 0.1"})
    void updateIsTheClosedFormOfTheElitesFrequencies(double share, double smoothing, double floor) {
        double[][] expected = {{1.0 / 3, 1.0 / 3, 1.0 / 3}, {1.0 / 3, 1.0 / 3, 1.0 / 3}};
        for (int iterations = 1; iterations <= 2; iterations++) {
            double[][] frequency = tail(expected, share);
            for (int t = 0; t < 2; t++) {
                for (int a = 0; a < 3; a++) {
                    double moved = smoothing * expected[t][a] + (1 - smoothing) * frequency[t][a];
                    expected[t][a] = (1 - floor) * moved + floor / 3;
                }
            }
            var problem = Problem.discrete(Machine.linear());
            var parameters = new CategoricalCemParameters(
                    2, iterations, CANDIDATES, (int) (share * CANDIDATES), smoothing, floor, 0.5, 0);
            var cem = new CategoricalCem(parameters, problem, 1);
            try (var planner = new SamplingPlanner(problem, cem, Execution.rows(1))) {
                planner.plan(request(problem, 0), Budget.UNLIMITED);
            }
            for (int t = 0; t < 2; t++) {
                for (int a = 0; a < 3; a++) {
                    assertThat((double) cem.probability(0, t, a)).isCloseTo(expected[t][a], within(SAMPLING_ERROR));
                }
            }
        }
    }

    private static PlanRequest request(Problem problem, long decision) {
        return new PlanRequest(problem.model(), 1).observe(problem.model(), new float[1]).keys(11, decision);
    }

    @Test
    void findsTheBestOfAllSequencesWhereStepsAreIndependent() {
        int[] found = searches(true);

        assertThat(found[0]).isEqualTo(20);
        assertThat(found[1]).isLessThan(6);
    }

    /** The best sequences of an unordered machine may have nothing in common, so that frequencies can lead to a good one beside the best. */
    @Test
    void findsTheBestOfAllSequencesMoreOftenThanChanceWhereStepsDepend() {
        int[] found = searches(false);

        assertThat(found[0]).isGreaterThanOrEqualTo(8);
        assertThat(found[1]).isLessThan(4);
    }

    /** Returns in how many of 20 machines the method found the best of 6561 sequences by trying 600, and in how many chance did. */
    private static int[] searches(boolean cycle) {
        int[] found = new int[2];
        var parameters = CategoricalCemParameters.DEFAULT.withHorizon(8).withCandidates(60, 6).withIterations(10);
        for (int seed = 0; seed < 20; seed++) {
            var machine = Machine.random(9, 3, cycle, seed);
            var problem = Problem.discrete(machine);
            try (var planner = CategoricalCem.planner(problem, parameters, Execution.rows(1));
                    var random = RandomShooting.planner(problem, new RandomShootingParameters(8, 600, 1), Execution.rows(1))) {
                double best = machine.best(8) - 1e-5;
                if (planner.plan(request(problem, seed), Budget.UNLIMITED).predictedReturn()[0] > best) found[0]++;
                if (random.plan(request(problem, seed), Budget.UNLIMITED).predictedReturn()[0] > best) found[1]++;
            }
        }
        return found;
    }

    @Test
    void planIsCarriedOverShiftedAndTriedAgain() {
        int horizon = 8;
        var problem = Problem.discrete(Machine.random(7, 3, false, 1));
        var parameters = new CategoricalCemParameters(horizon, 1, 30_000, 3_000, 0.1, 0, 0.4, 0);
        try (var planner = CategoricalCem.planner(problem, parameters, Execution.rows(1))) {
            float[] old = planner.plan(request(problem, 0), Budget.UNLIMITED).sequence().clone();
            var request = request(problem, 1);
            request.elapsedSteps()[0] = 3;
            planner.plan(request, Budget.UNLIMITED);

            var population = planner.population();
            for (int t = 0; t < horizon; t++) {
                int at = population.at(0, t);
                if (t + 3 < horizon) assertThat(population.sequences()[at]).isEqualTo(old[t + 3]);
                float asked = t + 3 < horizon ? old[t + 3] : 1;
                int same = 0;
                for (int k = 0; k < population.size(); k++) if (population.sequences()[at + k] == asked) same++;
                double expected = t + 3 < horizon ? 0.4 + 0.6 / 3 : 1.0 / 3;
                assertThat((double) same / population.size()).isCloseTo(expected, within(SAMPLING_ERROR));
            }
        }
    }

    @Test
    void repeatedStepsHoldTheStepBefore() {
        var problem = Problem.discrete(Machine.random(7, 3, false, 1));
        var parameters = new CategoricalCemParameters(4, 1, 30_000, 3_000, 0.1, 0, 0, 0.7);
        try (var planner = CategoricalCem.planner(problem, parameters, Execution.rows(1))) {
            planner.plan(request(problem, 0), Budget.UNLIMITED);

            var population = planner.population();
            for (int t = 0; t < 4; t++) {
                int same = 0;
                int ones = 0;
                for (int k = 0; k < population.size(); k++) {
                    float action = population.sequences()[population.at(0, t) + k];
                    if (t > 0 && action == population.sequences()[population.at(0, t - 1) + k]) same++;
                    if (action == 1) ones++;
                }
                assertThat((double) ones / population.size()).isCloseTo(1.0 / 3, within(SAMPLING_ERROR));
                if (t > 0) assertThat((double) same / population.size()).isCloseTo(0.7 + 0.3 / 3, within(SAMPLING_ERROR));
            }
        }
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> CategoricalCemParameters.DEFAULT.withRepeat(1)).hasMessageContaining("repeat is 1.0");
        assertThatThrownBy(() -> CategoricalCemParameters.DEFAULT.withSmoothing(0.1, 2)).hasMessageContaining("leastShare is 2.0");
        assertThatThrownBy(() -> Problem.discrete(Machine.linear()).withRestAction(0.5f)).hasMessageContaining("restAction is 0.5");
    }
}
