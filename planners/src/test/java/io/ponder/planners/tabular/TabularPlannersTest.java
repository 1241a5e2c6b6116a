package io.ponder.planners.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.tabular.BeliefPlanning;
import io.ponder.engine.tabular.EmpiricalMdp;
import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.PolicyIteration;
import io.ponder.engine.tabular.ValueIteration;
import io.ponder.engine.tensor.RandomStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TabularPlannersTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    /** Two states; action 0 stays, action 1 changes; staying in state 1 pays. */
    private static MdpTable flip(double pay, double stay) {
        var table = new MdpTable.Builder(2, 2).start(0, 1);
        table.outcome(1, 0, 0, false).endRow().outcome(stay, 0, 0, false).outcome(1 - stay, 1, 0, false).endRow();
        table.outcome(1, 1, pay, false).endRow().outcome(1, 0, 0, false).endRow();
        return table.build();
    }

    private static int due(SwitchSchedule schedule, int pair, int visits) {
        int due = 0;
        for (int n = 1; n <= visits; n++) if (schedule.due(pair, n)) due++;
        return due;
    }

    @Test
    void doublingPlansAtPowersOfTwoAndAPlanForgetsTheGrowthOfAllPairs() {
        assertThat(due(SwitchSchedule.doubling(1), 0, 1024)).isEqualTo(11);
        SwitchSchedule two = SwitchSchedule.doubling(2);
        assertThat(two.due(0, 1)).isTrue();
        assertThat(two.due(1, 1)).isTrue();
        assertThat(two.due(1, 2)).isTrue();
        assertThat(two.due(0, 2)).isTrue();
        assertThat(two.due(0, 3)).isFalse();
        assertThat(two.due(1, 3)).isFalse();
        assertThat(two.due(1, 4)).as("three at the last plan would make it wait for six").isTrue();
        assertThat(two.due(0, 4)).as("three at the plan of the other pair").isFalse();
    }

    @Test
    void theDeterminantOfOnePairDoublesAtPowersOfTwo() {
        // ridge + n passes 2, 4, 8, ..., 1024.
        assertThat(due(SwitchSchedule.determinant(1), 0, 1023)).isEqualTo(10);
        assertThat(due(SwitchSchedule.every(50), 0, 1000)).isEqualTo(20);
        assertThatThrownBy(() -> SwitchSchedule.every(0)).hasMessageContaining("steps is 0");
    }

    @Test
    void sampledSchedulesKeepAboutAsManyAsTheyShould() {
        int mean = 0;
        for (long seed = 0; seed < 50; seed++) mean += due(SwitchSchedule.sensitivity(1, 2, 1, seed), 0, 10_000);
        // About 2 ln 10 000 = 18 each.
        assertThat(mean / 50.0).isBetween(12.0, 25.0);
        // Five standard deviations of a binomial of 10 000 and 0.02 are 70.
        assertThat(due(SwitchSchedule.geometric(0.02, 3), 0, 10_000)).isBetween(130, 270);
    }

    @Test
    void widthsAreThoseOfTheirFormulas() {
        assertThat(OptimismRule.none().width(0)).isZero();
        assertThat(OptimismRule.inverseRoot(3).width(8)).isEqualTo(1, EXACT);
        assertThat(OptimismRule.l1Ball(1, 6, 2, 100, 0.1).width(1000)).isEqualTo(Math.sqrt(14 * 6 * Math.log(4000) / 1000), EXACT);
        assertThat(OptimismRule.l1Ball(1, 6, 2, 100, 0.1).width(0)).isEqualTo(2, EXACT);
    }

    @Test
    void optimisticValuesWithoutBonusAreThoseOfTheCountsAndWithItNoLess() {
        MdpTable world = flip(1, 0.25);
        var counts = new EmpiricalMdp(2, 2);
        var random = new RandomStream(1, 0);
        for (int i = 0; i < 400; i++) {
            int s = i % 2;
            int a = i / 2 % 2;
            int next = random.nextDouble() < world.probability(s, a, 0) ? world.nextState(s, a, 0) : 1;
            counts.add(s, a, world.expectedReward(s, a), next, false);
        }
        var plain = new OptimisticValueIteration(counts, OptimismRule.none(), 0.9, 10);
        var hopeful = new OptimisticValueIteration(counts, OptimismRule.inverseRoot(0.5), 0.9, 10);
        plain.plan(1e-12, 10_000);
        hopeful.plan(1e-12, 10_000);
        ValueIteration solved = ValueIteration.solve(counts, 0.9, 1e-12, 10_000);

        for (int s = 0; s < 2; s++) {
            assertThat(plain.value(s)).isEqualTo(solved.value(s), EXACT);
            assertThat(hopeful.value(s)).isGreaterThanOrEqualTo(solved.value(s)).isLessThanOrEqualTo(10);
            assertThat(plain.bestAction(s)).isEqualTo(solved.bestAction(s));
        }
        assertThat(hopeful.value(0)).isGreaterThan(plain.value(0) + 0.05);
    }

    @Test
    void oneEpochOfRaviIsOneBackupAndOneStepOfMirrorDescent() {
        var ravi = new RaviUcb(2, 2, 0.5, 3);
        ravi.epoch(flip(1, 0), new double[] {0.1, 0, 0, 0.2});

        // All values are 2 at first, and H is 2: Q(0, .) = (1.1, 1), Q(1, .) = (2, 1.2).
        assertThat(ravi.value(0)).isEqualTo(Math.log((Math.exp(3.3) + Math.exp(3)) / 2) / 3, EXACT);
        assertThat(ravi.probability(0, 0)).isEqualTo(1 / (1 + Math.exp(-0.3)), EXACT);
        assertThat(ravi.probability(1, 0)).isEqualTo(1 / (1 + Math.exp(-2.4)), EXACT);
    }

    @Test
    void withoutBonusRaviComesToTheOptimum() {
        MdpTable world = flip(1, 0.25);
        var ravi = new RaviUcb(2, 2, 0.9, 5);
        for (int k = 0; k < 1000; k++) ravi.epoch(world, new double[4]);
        PolicyIteration solved = PolicyIteration.solve(world, 0.9);

        for (int s = 0; s < 2; s++) {
            assertThat(ravi.value(s)).isEqualTo(solved.value(s), Offset.offset(1e-3));
            assertThat(ravi.probability(s, solved.bestAction(s))).isGreaterThan(0.999);
        }
    }

    @Test
    void raviStaysWithinItsRangeForRowsThatAreNoProbabilities() {
        var ravi = new RaviUcb(2, 2, 0.9, 1);
        double[] values = {0, 0};
        boolean left = false;
        for (int k = 0; k < 200; k++) {
            ravi.epoch(new Improper(), new double[4]);
            for (int s = 0; s < 2; s++) assertThat(ravi.value(s)).isBetween(0.0, 10 + 1e-9);
            double[] next = new double[2];
            for (int s = 0; s < 2; s++) next[s] = Math.max(new Improper().backup(s, 0, 0.9, values), new Improper().backup(s, 1, 0.9, values));
            values = next;
            left |= values[0] > 10 || values[0] < 0;
        }
        assertThat(left).as("plain value iteration leaves it").isTrue();
    }

    /** Rows as least squares can give them: a negative entry, and one above 1. */
    private static final class Improper implements io.ponder.engine.tabular.TabularMdp {
        @Override
        public int stateCount() {
            return 2;
        }

        @Override
        public int actionCount() {
            return 2;
        }

        @Override
        public double startProbability(int state) {
            return state == 0 ? 1 : 0;
        }

        @Override
        public int outcomeCount(int state, int action) {
            return 2;
        }

        @Override
        public double probability(int state, int action, int i) {
            return i == state ? 1.4 : -0.4;
        }

        @Override
        public int nextState(int state, int action, int i) {
            return i;
        }

        @Override
        public double reward(int state, int action, int i) {
            return action * (1 - state);
        }

        @Override
        public boolean terminated(int state, int action, int i) {
            return false;
        }
    }

    @Test
    void optimismHoldsItsHypothesisUntilTheDataContradictItClearly() {
        var hypotheses = new HypothesisSet(List.of(flip(1, 0.5), flip(5, 0.5), flip(2, 0.9)), 0.5, 20);
        var learner = new LocalOptimism(hypotheses, 1, 3);

        assertThat(hypotheses.gain(1)).isEqualTo(5, Offset.offset(1e-6));
        assertThat(learner.action(0)).isEqualTo(1);
        // Changing needs a try or two: the first says 0.5 of two of them and 0.1 of the third.
        learner.observe(0, 1, 0, 1);
        assertThat(learner.switches()).isZero();
        assertThat(hypotheses.loss(2) - hypotheses.loss(0)).isEqualTo(Math.log(5), EXACT);
        // Staying pays 1: the loss of the second is capped at 20, that of the third is (1 / 0.5)^2 / 2.
        learner.observe(1, 0, 1, 1);
        assertThat(learner.switches()).isEqualTo(1);
        assertThat(hypotheses.loss(1)).isEqualTo(20 + Math.log(2), EXACT);
        assertThat(hypotheses.likeliest()).isZero();
        assertThat(hypotheses.mostPromising(100)).isEqualTo(1);
        assertThat(hypotheses.draw(0.5)).isZero();
    }

    @Test
    void aPatientLearnerSwitchesNoMoreOftenThanAnImpatientOne() {
        List<MdpTable> guesses = List.of(flip(1, 0.5), flip(1.3, 0.5), flip(1.2, 0.4), flip(1.1, 0.6));
        var patient = new LocalOptimism(new HypothesisSet(guesses, 0.5, 20), 2, 3);
        var eager = new LocalOptimism(new HypothesisSet(guesses, 0.5, 20), 2, 0);
        var random = new RandomStream(4, 0);
        for (int t = 0; t < 300; t++) {
            int next = random.nextDouble() < 0.5 ? 0 : 1;
            patient.observe(0, 1, 0, next);
            eager.observe(0, 1, 0, next);
            double reward = 1 + 0.5 * random.nextGaussian();
            patient.observe(1, 0, reward, 1);
            eager.observe(1, 0, reward, 1);
        }

        assertThat(patient.switches()).isLessThanOrEqualTo(eager.switches());
        assertThat(eager.switches()).isPositive();
    }

    @Test
    void aHypothesisWithoutASingleGainIsRefused() {
        var split = new MdpTable.Builder(2, 1).start(0, 1).outcome(1, 0, 0, false).endRow().outcome(1, 1, 1, false).endRow().build();

        assertThatThrownBy(() -> new HypothesisSet(List.of(split), 1, 20)).hasMessageContaining("no single gain");
    }

    @Test
    void theBallMovesProbabilityFromTheWorstActionsToTheBest() {
        double[] reference = {0.5, 0.3, 0.2};
        double[] values = {1, 0, 3};
        double[] out = new double[3];

        TotalVariationBall.best(3, reference, values, 0, 0.4, out);
        assertThat(out).containsExactly(new double[] {0.4, 0, 0.6}, EXACT);
        TotalVariationBall.best(3, reference, values, 0, 0, out);
        assertThat(out).containsExactly(reference, EXACT);
        TotalVariationBall.best(3, reference, values, 0, 1, out);
        assertThat(out).containsExactly(new double[] {0, 0, 1}, EXACT);
    }

    @Test
    void theConservativePolicyMixesReferenceAndAverageOfMaxima() {
        // The reference stays at 0 (the other state pays nothing); one of two draws promises 4 for leaving.
        MdpTable reference = flip(0, 0.5);
        List<MdpTable> draws = List.of(flip(4, 0.5), flip(0, 0.5));

        double[] policy = ConservativeDualPolicy.policy(reference, draws, 0.9, 0.2);

        assertThat(policy).containsExactly(new double[] {0.8, 0.2, 1, 0}, EXACT);
        assertThatThrownBy(() -> ConservativeDualPolicy.policy(reference, List.of(), 0.9, 0.2)).hasMessageContaining("number of draws");
    }

    @Test
    void contextsToldInHindsightAreCountedApart() {
        var learner = new HindsightContexts(2, 2, 2, 0, 3, OptimismRule.inverseRoot(0.5), 1);
        assertThat(BeliefPlanning.solve(learner.believed()).value()).as("nothing is known").isEqualTo(1.5, EXACT);
        for (int i = 0; i < 3; i++) {
            learner.episode(1);
            learner.add(1, 0, 1, 0.25, 1);
        }

        var believed = learner.believed();
        assertThat(believed.weights()).containsExactly(new double[] {0.2, 0.8}, EXACT);
        assertThat(believed.contexts().get(1).expectedReward(0, 1)).isEqualTo(0.25 + 0.25, EXACT);
        assertThat(believed.contexts().get(0).expectedReward(0, 1)).isEqualTo(0.5, EXACT);
        assertThat(believed.contexts().get(1).nextState(0, 1, 0)).isEqualTo(1);
        assertThat(learner.plan().action(0)).isBetween(0, 1);
    }
}
