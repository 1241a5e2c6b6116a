package io.ponder.engine.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.tensor.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TabularSolversTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-10);

    /** Random rows with random rewards, as in the literature's Garnet processes but dense. */
    private static MdpTable random(int states, int actions, long seed) {
        var random = new RandomStream(seed, 0);
        var table = new MdpTable.Builder(states, actions).start(0, 1);
        for (int row = 0; row < states * actions; row++) {
            double[] p = new double[states];
            double sum = 0;
            for (int s = 0; s < states; s++) sum += p[s] = -Math.log(1 - random.nextDouble());
            for (int s = 0; s < states; s++) table.outcome(p[s] / sum, s, random.nextDouble(), false);
            table.endRow();
        }
        return table.build();
    }

    /** Two states; action 0 stays, action 1 changes; only staying in state 1 pays. */
    private static MdpTable flip(double pay) {
        var table = new MdpTable.Builder(2, 2).start(0, 1);
        table.outcome(1, 0, 0, false).endRow().outcome(1, 1, 0, false).endRow();
        table.outcome(1, 1, pay, false).endRow().outcome(1, 0, 0, false).endRow();
        return table.build();
    }

    @Test
    void policyEvaluationIsTheGeometricSum() {
        double[] stay = PolicyEvaluation.values(flip(3), PolicyEvaluation.deterministic(new int[] {0, 0}, 2), 0.9);
        double[] uniform = PolicyEvaluation.values(flip(3), new double[] {0.5, 0.5, 0.5, 0.5}, 0.5);

        assertThat(stay).containsExactly(new double[] {0, 30}, EXACT);
        // V0 = (V0 + V1) / 4 and V1 = 3 / 2 + (V0 + V1) / 4.
        assertThat(uniform).containsExactly(new double[] {0.75, 2.25}, EXACT);
    }

    @Test
    void undiscountedEvaluationNeedsEnds() {
        var chain = new MdpTable.Builder(2, 1).start(0, 1);
        chain.outcome(0.75, 0, -1, false).outcome(0.25, 1, -1, false).endRow().outcome(1, 1, -2, true).endRow();

        assertThat(PolicyEvaluation.values(chain.build(), new double[] {1, 1}, 1)).containsExactly(new double[] {-6, -2}, EXACT);
        assertThatThrownBy(() -> PolicyEvaluation.values(flip(1), PolicyEvaluation.deterministic(new int[] {0, 0}, 2), 1))
                .hasMessageContaining("not finite").hasMessageContaining("Maybe");
    }

    @Test
    void policyIterationAgreesWithValueIteration() {
        for (long seed = 0; seed < 20; seed++) {
            MdpTable mdp = random(7, 3, seed);
            PolicyIteration exact = PolicyIteration.solve(mdp, 0.9);
            ValueIteration swept = ValueIteration.solve(mdp, 0.9, 1e-13, 10_000);

            for (int s = 0; s < 7; s++) {
                assertThat(exact.value(s)).isEqualTo(swept.value(s), EXACT);
                assertThat(exact.actionValue(s, exact.bestAction(s))).isEqualTo(exact.value(s), EXACT);
            }
            assertThat(exact.rounds()).isLessThan(12);
        }
    }

    @Test
    void backwardInductionCountsSteps() {
        BackwardInduction induction = BackwardInduction.solve(flip(3), 4);

        assertThat(induction.value(0, 0)).isEqualTo(9, EXACT);
        assertThat(induction.bestAction(0, 0)).isEqualTo(1);
        assertThat(induction.value(3, 0)).as("one step left").isEqualTo(0, EXACT);
        assertThat(induction.actionValue(2, 1, 0)).isEqualTo(6, EXACT);
    }

    @Test
    void theGainOfAPeriodicChainAndOfRandomOnesIsThatOfLongDiscountedValues() {
        // Two states that change places for ever, paying 1 and 3: the gain is 2 and the bias of state 1 is +1.
        var periodic = new MdpTable.Builder(2, 1).start(0, 1);
        periodic.outcome(1, 1, 1, false).endRow().outcome(1, 0, 3, false).endRow();
        RelativeValueIteration swung = RelativeValueIteration.solve(periodic.build(), 0.5, 1e-12, 10_000);
        assertThat(swung.gain()).isEqualTo(2, EXACT);
        assertThat(swung.bias(1)).isEqualTo(1, EXACT);
        assertThat(RelativeValueIteration.solve(periodic.build(), 0, 1e-12, 1000).converged()).as("without laziness").isFalse();

        MdpTable mdp = random(6, 3, 5);
        RelativeValueIteration average = RelativeValueIteration.solve(mdp, 0.5, 1e-11, 10_000);
        PolicyIteration discounted = PolicyIteration.solve(mdp, 0.9999);
        assertThat(average.converged()).isTrue();
        assertThat(discounted.value(0) * 1e-4).isEqualTo(average.gain(), Offset.offset(1e-3));
        for (int s = 0; s < 6; s++) assertThat(average.bestAction(s)).isEqualTo(discounted.bestAction(s));
    }

    @Test
    void anAverageOverTimeNeedsAnEndlessProcess() {
        var ends = new MdpTable.Builder(1, 1).start(0, 1).outcome(1, 0, 1, true).endRow().build();

        assertThatThrownBy(() -> RelativeValueIteration.solve(ends, 0.5, 1e-6, 10)).hasMessageContaining("can end the episode");
    }

    @Test
    void theMostFavourableDistributionIsThatOfTheLinearProgram() {
        double[] p = {0.5, 0.3, 0.2};
        double[] values = {1, 3, 2};
        int[] order = {0, 2, 1};

        assertThat(ExtendedValueIteration.mostFavourable(p, 0, 0, values, order)).isEqualTo(0.5 + 0.9 + 0.4, EXACT);
        assertThat(ExtendedValueIteration.mostFavourable(p, 0, 0.4, values, order)).as("0.2 from state 0 to 1").isEqualTo(2.2, EXACT);
        assertThat(ExtendedValueIteration.mostFavourable(p, 0, 1.2, values, order)).as("0.5 from 0, 0.1 from 2").isEqualTo(2.9, EXACT);
        assertThat(ExtendedValueIteration.mostFavourable(p, 0, 2, values, order)).isEqualTo(3, EXACT);
    }

    @Test
    void extendedValueIterationWithoutRadiusIsTheEstimateAndWithAllOfItTheBestReward() {
        MdpTable mdp = random(5, 2, 9);
        double[] none = new double[10];
        double[] all = new double[10];
        Arrays.fill(all, 2);
        double best = 0;
        for (int pair = 0; pair < 10; pair++) best = Math.max(best, mdp.expectedReward(pair / 2, pair % 2));

        assertThat(ExtendedValueIteration.solve(mdp, none, none, 1, 1e-11, 10_000).gain())
                .isEqualTo(RelativeValueIteration.solve(mdp, 0.5, 1e-11, 10_000).gain(), EXACT);
        ExtendedValueIteration optimistic = ExtendedValueIteration.solve(mdp, all, none, 1, 1e-11, 10_000);
        assertThat(optimistic.gain()).isEqualTo(best, EXACT);
        assertThat(optimistic.converged()).isTrue();
    }

    @Test
    void countsBecomeFrequenciesAndUntriedPairsStay() {
        var counts = new EmpiricalMdp(3, 2);
        counts.add(0, 1, 2, 1, false);
        counts.add(0, 1, 4, 1, false);
        counts.add(0, 1, 1, 2, true);
        counts.add(0, 1, 0, 2, false);

        assertThat(counts.visits(0, 1)).isEqualTo(4);
        assertThat(counts.outcomeCount(0, 1)).as("an end is an outcome of its own").isEqualTo(3);
        assertThat(counts.backup(0, 1, 0.5, new double[] {0, 8, 16})).isEqualTo(0.5 * (3 + 4) + 0.25 + 0.25 * 8, EXACT);
        assertThat(counts.nextState(2, 0, 0)).isEqualTo(2);
        assertThat(counts.backup(2, 0, 1, new double[] {0, 0, 5})).isEqualTo(5, EXACT);
        assertThatThrownBy(() -> counts.add(3, 0, 0, 0, false)).hasMessageContaining("state is 3");
    }

    @Test
    void beliefPlanningSolvesTheTwoArmedBandit() {
        // State 0 decides: the arm that pays is the context's, and the state after it shows whether it paid.
        double value = BeliefPlanning.solve(bandit(2)).value();

        // Whatever is pulled first pays with 1/2 (arm c pays surely in context c), and from then on the context is known.
        assertThat(value).isEqualTo(0.5 + 1, EXACT);
        assertThat(BeliefPlanning.solve(bandit(5)).value()).isEqualTo(0.5 + 4, EXACT);
    }

    private static LatentMdp bandit(int pulls) {
        MdpTable[] contexts = new MdpTable[2];
        for (int c = 0; c < 2; c++) {
            var table = new MdpTable.Builder(2, 2).start(0, 1);
            for (int s = 0; s < 2; s++) {
                for (int a = 0; a < 2; a++) table.outcome(1, a == c ? 1 : 0, a == c ? 1 : 0, false).endRow();
            }
            contexts[c] = table.build();
        }
        return new LatentMdp(List.of(contexts), new double[] {0.5, 0.5}, 0, pulls);
    }

    @Test
    void theBeliefPolicyReachesItsValueLiesBetweenIgnoranceAndKnowledgeAndBeatsRules() {
        for (long seed = 0; seed < 6; seed++) {
            List<MdpTable> contexts = List.of(random(3, 2, seed), random(3, 2, seed + 100));
            double[] weights = {0.3, 0.7};
            var process = new LatentMdp(contexts, weights, 0, 4);
            BeliefPlanning.Solution solution = BeliefPlanning.solve(process);
            BackwardInduction ignorant = BackwardInduction.solve(process.average(), 4);
            double told = 0;
            for (int m = 0; m < 2; m++) told += weights[m] * BackwardInduction.solve(contexts.get(m), 4).value(0, 0);
            HistoryPolicy markov = HistoryPolicy.of(process, (step, state, belief) -> ignorant.bestAction(step, state));
            HistoryPolicy confident = HistoryPolicy.of(process, (step, state, belief) ->
                    BackwardInduction.solve(contexts.get(belief[1] > belief[0] ? 1 : 0), 4).bestAction(step, state));

            assertThat(solution.policy().value(process)).isEqualTo(solution.value(), EXACT);
            assertThat(solution.value()).isLessThanOrEqualTo(told + 1e-10)
                    .isGreaterThanOrEqualTo(markov.value(process) - 1e-10)
                    .isGreaterThanOrEqualTo(confident.value(process) - 1e-10);
        }
    }

    @Test
    void oneContextIsAnOrdinaryProcess() {
        MdpTable mdp = random(3, 3, 4);
        var process = new LatentMdp(List.of(mdp), new double[] {1}, 1, 5);

        assertThat(BeliefPlanning.solve(process).value()).isEqualTo(BackwardInduction.solve(mdp, 5).value(0, 1), EXACT);
        assertThat(process.average().expectedReward(2, 1)).isEqualTo(mdp.expectedReward(2, 1), EXACT);
        assertThatThrownBy(() -> BeliefPlanning.solve(new LatentMdp(List.of(mdp), new double[] {1}, 1, 12)))
                .hasMessageContaining("(actions x states)^horizon");
    }
}
