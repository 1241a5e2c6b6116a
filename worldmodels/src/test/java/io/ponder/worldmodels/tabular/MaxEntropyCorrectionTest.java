package io.ponder.worldmodels.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.PolicyIteration;
import io.ponder.engine.tabular.ProcessSolver;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tensor.RandomStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MaxEntropyCorrectionTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-11);

    private static MdpTable random(int states, int actions, long seed) {
        var random = new RandomStream(seed, 0);
        var table = new MdpTable.Builder(states, actions).start(0, 1);
        for (int row = 0; row < states * actions; row++) {
            double[] p = new double[states];
            double sum = 0;
            for (int s = 0; s < states; s++) sum += p[s] = -Math.log(1 - random.nextDouble());
            double reward = random.nextDouble();
            for (int s = 0; s < states; s++) table.outcome(p[s] / sum, s, reward, false);
            table.endRow();
        }
        return table.build();
    }

    @Test
    void twoOutcomesAreDecidedByTheExpectationAlone() {
        double[] q = new double[2];
        new MaxEntropyDual(1, 0, 0).correct(2, new double[] {0.9, 0.1}, new double[] {-1, 3}, new double[] {2}, q);

        assertThat(q).containsExactly(new double[] {0.25, 0.75}, EXACT);
    }

    @Test
    void threeOutcomesFollowTheExponentialTilt() {
        // With p uniform on -1, 0, 1 and q proportional to exp(lambda x), the wanted mean of lambda = ln 2 is (2 - 1/2) / (2 + 1 + 1/2).
        double[] q = new double[3];
        new MaxEntropyDual(1, 0, 0).correct(3, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, new double[] {-1, 0, 1}, new double[] {1.5 / 3.5}, q);

        assertThat(q).containsExactly(new double[] {0.5 / 3.5, 1 / 3.5, 2 / 3.5}, EXACT);
    }

    @Test
    void aRidgeStopsWhereItsGradientBalances() {
        double[] p = {0.2, 0.3, 0.5};
        double[] phi = {1, 2, 4, -1, 1, 0};
        double[] psi = {2, 0.3};
        double ridge = 0.05;
        double[] q = new double[3];
        new MaxEntropyDual(2, 0, ridge).correct(3, p, phi, psi, q);

        // q = p exp(lambda . phi) / Z gives lambda from the ratios, and E_q[phi] - psi = -2 ridge lambda.
        double a = Math.log(q[1] * p[0] / (q[0] * p[1]));
        double b = Math.log(q[2] * p[0] / (q[0] * p[2]));
        // lambda . (phi_1 - phi_0) = a with (1, 2), and lambda . (phi_2 - phi_0) = b with (3, 1).
        double first = (2 * b - a) / 5;
        double second = (a - first) / 2;
        for (int f = 0; f < 2; f++) {
            double mean = 0;
            for (int i = 0; i < 3; i++) mean += q[i] * phi[f * 3 + i];
            assertThat(mean - psi[f]).isEqualTo(-2 * ridge * (f == 0 ? first : second), EXACT);
        }
        assertThat(Math.abs(first)).as("the ridge does something").isGreaterThan(0.01);
    }

    @Test
    void theCorrectionIsNearestOfAllThatHaveTheExpectations() {
        double[] p = {0.1, 0.2, 0.3, 0.4};
        double[] phi = {0, 1, 2, 3};
        double[] q = new double[4];
        new MaxEntropyDual(1, 0, 0).correct(4, p, phi, new double[] {1.2}, q);
        double nearest = entropy(q, p);

        // (1, -2, 1, 0) and (0, 1, -2, 1) change neither sum nor mean.
        for (double[] way : new double[][] {{1, -2, 1, 0}, {-1, 2, -1, 0}, {0, 1, -2, 1}, {0, -1, 2, -1}, {1, -1, -1, 1}}) {
            double[] other = q.clone();
            for (int i = 0; i < 4; i++) other[i] += 1e-3 * way[i];
            assertThat(entropy(other, p)).isGreaterThan(nearest);
        }
    }

    private static double entropy(double[] q, double[] p) {
        double sum = 0;
        for (int i = 0; i < q.length; i++) sum += q[i] * Math.log(q[i] / p[i]);
        return sum;
    }

    @Test
    void whatCannotBeIsCutAndConstantFeaturesChangeNothing() {
        double[] q = new double[2];
        new MaxEntropyDual(1, 0.1, 0).correct(2, new double[] {0.5, 0.5}, new double[] {0, 10}, new double[] {17}, q);
        assertThat(q[1]).isEqualTo(0.9, EXACT);

        new MaxEntropyDual(1, 0.1, 0).correct(2, new double[] {0.3, 0.7}, new double[] {4, 4}, new double[] {9}, q);
        assertThat(q).containsExactly(new double[] {0.3, 0.7}, EXACT);
    }

    @Test
    void aCorrectedModelHasTheExpectationsOfTheWorldAlsoOfNearlyEqualFeatures() {
        MdpTable world = random(6, 2, 1);
        MdpTable model = random(6, 2, 2);
        double[] first = {1, 5, 2, -1, 0, 3};
        double[] second = first.clone();
        second[4] += 1e-5;
        ExpectationQuery query = world::expectation;

        MdpTable corrected = new MaxEntropyCorrection(0, 0)
                .correct(model, List.of(first, second), List.of(query.all(first, 2), query.all(second, 2)));

        for (int pair = 0; pair < 12; pair++) {
            for (double[] feature : List.of(first, second)) {
                assertThat(corrected.expectation(pair / 2, pair % 2, feature)).isEqualTo(world.expectation(pair / 2, pair % 2, feature), EXACT);
            }
            assertThat(corrected.expectedReward(pair / 2, pair % 2)).isEqualTo(model.expectedReward(pair / 2, pair % 2), EXACT);
        }
    }

    @Test
    void endsCountAsZero() {
        var world = new MdpTable.Builder(2, 1).start(0, 1);
        world.outcome(0.75, 1, 0, false).outcome(0.25, 1, 0, true).endRow().outcome(1, 1, 0, false).endRow();
        var model = new MdpTable.Builder(2, 1).start(0, 1);
        model.outcome(0.5, 1, 0, false).outcome(0.5, 1, 0, true).endRow().outcome(1, 1, 0, false).endRow();
        MdpTable truth = world.build();
        ExpectationQuery query = truth::expectation;
        double[] feature = {0, 4};

        MdpTable corrected = new MaxEntropyCorrection(0, 0).correct(model.build(), List.of(feature), List.of(query.all(feature, 1)));

        assertThat(corrected.probability(0, 0, 0)).isEqualTo(0.75, EXACT);
        assertThat(corrected.terminated(0, 0, 1)).isTrue();
    }

    @Test
    void theIterationFindsTheWorldsValuesFromAWrongModelAndARightOneNeedsNoCorrection() {
        MdpTable world = random(8, 3, 3);
        MdpTable model = mixed(world, random(8, 3, 4), 0.3);
        ProcessSolver planner = ProcessSolver.optimal(0.9);
        double[] truth = planner.values(world);
        var wrong = new MocoIteration(model, world::expectation, planner, new MaxEntropyCorrection(0, 0), 2);
        var right = new MocoIteration(world, world::expectation, planner, new MaxEntropyCorrection(0, 0), 2);

        double before = distance(wrong.next(), truth);
        for (int k = 0; k < 8; k++) wrong.next();

        assertThat(before).isGreaterThan(1e-2);
        assertThat(distance(wrong.next(), truth)).isLessThan(1e-8);
        right.next();
        assertThat(distance(right.next(), truth)).isLessThan(1e-10);
    }

    @Test
    void operatorSplittingConvergesForASmallErrorOfTheModel() {
        MdpTable world = random(6, 2, 5);
        MdpTable model = mixed(world, random(6, 2, 6), 0.05);
        ProcessSolver planner = ProcessSolver.optimal(0.8);
        var splitting = new OperatorSplitting(model, world::expectation, planner, 0.8);
        for (int k = 0; k < 30; k++) splitting.next();

        assertThat(distance(splitting.next(), planner.values(world))).isLessThan(1e-9);
    }

    @Test
    void sampledExpectationsCorrectAModelThatStaysWrong() {
        MdpTable world = random(4, 2, 7);
        MdpTable model = withRewardsOf(world, random(4, 2, 8));
        ProcessSolver planner = ProcessSolver.optimal(0.9);
        double[] truth = planner.values(world);
        var learner = new MocoDyna(2, 1, 1, planner, new MaxEntropyCorrection(1e-3, 1e-4));
        var random = new RandomStream(1, 1);
        double first = distance(learner.plan(model), truth);
        double last = first;
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 4000; i++) {
                int s = random.nextInt(4);
                int a = random.nextInt(2);
                learner.observe(s, a, draw(world, s, a, random.nextDouble()), false);
            }
            last = distance(learner.plan(model), truth);
        }

        assertThat(last).isLessThan(first / 10);
    }

    private static int draw(TabularMdp mdp, int s, int a, double uniform) {
        double left = uniform;
        for (int i = 0; i < mdp.outcomeCount(s, a) - 1; i++) {
            left -= mdp.probability(s, a, i);
            if (left < 0) return mdp.nextState(s, a, i);
        }
        return mdp.nextState(s, a, mdp.outcomeCount(s, a) - 1);
    }

    private static MdpTable withRewardsOf(MdpTable world, MdpTable other) {
        return table(world, other, 1);
    }

    private static MdpTable mixed(MdpTable world, MdpTable other, double share) {
        return table(world, other, share);
    }

    private static MdpTable table(MdpTable world, MdpTable other, double share) {
        var table = new MdpTable.Builder(world.stateCount(), world.actionCount()).start(0, 1);
        for (int pair = 0; pair < world.stateCount() * world.actionCount(); pair++) {
            int s = pair / world.actionCount();
            int a = pair % world.actionCount();
            for (int i = 0; i < world.stateCount(); i++) {
                double p = (1 - share) * world.probability(s, a, i) + share * other.probability(s, a, i);
                table.outcome(p, i, world.expectedReward(s, a), false);
            }
            table.endRow();
        }
        return table.build();
    }

    private static double distance(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
        return most;
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new MaxEntropyDual(0, 0, 0)).hasMessageContaining("features is 0");
        assertThatThrownBy(() -> new MaxEntropyCorrection(0.6, 0)).hasMessageContaining("margin is 0.6");
        assertThatThrownBy(() -> new MaxEntropyCorrection(0, 0).correct(random(2, 1, 0), List.of(new double[2]), List.of()))
                .hasMessageContaining("number of expectations");
        assertThat(PolicyIteration.solve(new MaxEntropyCorrection(0, 0).correct(random(2, 1, 0), List.of(), List.of()), 0.5).values())
                .as("without features nothing changes")
                .containsExactly(PolicyIteration.solve(random(2, 1, 0), 0.5).values(), EXACT);
    }
}
